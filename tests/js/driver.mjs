// Runs pieces of code that use the official client, for the tests in tests/it/js_client.
//
// Standard input: one JSON object per line, {"code": ..., "args": {...}}. The code is the body of an async function; it
// sees the names of `world` below. Standard output: one line per command, {"value": ...} or {"thrown": ...}, in order.
// Ends with standard input, so a test that dies leaves nothing running.
import { createInterface } from "node:readline";
import { createClient } from "@supabase/supabase-js";
import WebSocket from "ws";

const [url, key] = process.argv.slice(2);
const PATIENCE_MS = 20_000;
const AsyncFunction = (async () => {}).constructor;

// A client as an app makes it. Node before 22 has no WebSocket of its own. Sessions of clients in one process must not
// meet, so none is stored.
function client(options = {}) {
  return createClient(url, key, { auth: { persistSession: false }, realtime: { transport: WebSocket }, ...options });
}

// Waits until `probe` gives something true and gives that back.
async function until(what, probe) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`not within ${PATIENCE_MS} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

// Joins a channel and waits for the outcome: the first status, and its error's text.
function subscribed(channel) {
  return new Promise((resolve) => channel.subscribe((status, error) => resolve({ status, error: error?.message })));
}

// Signs a seeded member in.
async function signIn(who, db = world.db) {
  const { data, error } = await db.auth.signInWithPassword({ email: `${who}@rock-on.test`, password: "rock-on-demo" });
  if (error) throw error;
  return data;
}

// `keep` lives from one command to the next.
const world = { db: client(), client, until, subscribed, signIn, keep: {} };

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const { code, args } = JSON.parse(line);
    const run = new AsyncFunction(...Object.keys(world), "args", code);
    answer = { value: (await run(...Object.values(world), args)) ?? null };
  } catch (error) {
    answer = { thrown: error?.stack ?? String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);
