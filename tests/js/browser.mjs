// As driver.mjs, but the code runs in a page of a real browser: node browser.mjs URL KEY PROGRAM DIRECTORY.
//
// The page is served here, so its origin is not the stack's. PROGRAM is a Chromium, which keeps its profile in DIRECTORY;
// it is driven over a pipe (the DevTools protocol, messages end with a zero byte) and ends when the pipe closes.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createInterface } from "node:readline";

const [url, key, program, directory] = process.argv.slice(2);
const PAGE = `<!doctype html><title>A page of another origin</title><script src="/supabase.js"></script>
<script type="module">
  import { run, world } from "/world.mjs";
  const names = world(supabase.createClient, ${JSON.stringify(url)}, ${JSON.stringify(key)});
  window.command = (line) => run(names, line);
</script>`;
const FILES = {
  "/supabase.js": "node_modules/@supabase/supabase-js/dist/umd/supabase.js",
  "/world.mjs": "world.mjs",
};

async function serve(request, response) {
  const file = FILES[request.url];
  response.setHeader("content-type", file ? "text/javascript" : "text/html; charset=utf-8");
  response.end(file ? await readFile(new URL(file, import.meta.url)) : PAGE);
}

const server = createServer(serve);
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const flags = [
  "--headless=new", "--remote-debugging-pipe", `--user-data-dir=${directory}`, "--disable-gpu", "--disable-dev-shm-usage",
  "--no-first-run", "--disable-extensions", "--disable-background-networking", "--disable-component-update",
  // Nothing but this machine.
  "--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];
// Its sandbox does not work for root.
if (process.getuid?.() === 0) flags.push("--no-sandbox");
const browser = spawn(program, [...flags, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
const ended = new Promise((resolve) => browser.on("exit", resolve));
browser.on("exit", (code) => {
  if (!server.listening) return;
  process.stderr.write(`the browser ended with ${code}\n`);
  process.exit(1);
});

const [orders, answers] = [browser.stdio[3], browser.stdio[4]];
const waiting = new Map();
let [last, unread] = [0, ""];
answers.setEncoding("utf8").on("data", (text) => {
  const messages = (unread + text).split("\0");
  unread = messages.pop();
  for (const message of messages.map((text) => JSON.parse(text))) {
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  }
});

async function order(method, params, sessionId) {
  last += 1;
  const answer = new Promise((resolve) => waiting.set(last, resolve));
  orders.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
  const { result, error } = await answer;
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}

const { targetId } = await order("Target.createTarget", { url: origin });
const { sessionId } = await order("Target.attachToTarget", { targetId, flatten: true });

async function evaluate(expression) {
  const params = { expression, awaitPromise: true, returnByValue: true };
  const { result, exceptionDetails } = await order("Runtime.evaluate", params, sessionId);
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

while (!(await evaluate("typeof window.command === 'function'"))) {
  await new Promise((resolve) => setTimeout(resolve, 10));
}
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${await evaluate(`window.command(${JSON.stringify(line)})`)}\n`);
}
server.close();
orders.end();
await ended;
process.exit(0);
