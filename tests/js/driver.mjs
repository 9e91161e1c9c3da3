// Runs pieces of code that use the official client, for the tests in tests/it/js_client: node driver.mjs URL KEY.
//
// Standard input: one command a line. Standard output: one answer a line, in order; both as in world.mjs. Ends with
// standard input, so a test that dies leaves nothing running.
import { createInterface } from "node:readline";
import { createClient } from "@supabase/supabase-js";
import WebSocket from "ws";
import { run, world } from "./world.mjs";

const [url, key] = process.argv.slice(2);
// Node before 22 has no WebSocket of its own.
const names = world(createClient, url, key, { realtime: { transport: WebSocket } });

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${await run(names, line)}\n`);
}
process.exit(0);
