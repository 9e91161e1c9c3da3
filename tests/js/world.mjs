// What the pieces of code of a test see, in Node and in a page of a browser.
//
// `create` is the official client's `createClient`; `options` are those every client of this place needs.
const PATIENCE_MS = 20_000;
const AsyncFunction = (async () => {}).constructor;

export function world(create, url, key, options = {}) {
  // A client as an app makes it. Sessions of clients in one process must not meet, so none is stored.
  function client(more = {}) {
    return create(url, key, { auth: { persistSession: false }, ...options, ...more });
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
  async function signIn(who, db = names.db) {
    const { data, error } = await db.auth.signInWithPassword({ email: `${who}@rock-on.test`, password: "rock-on-demo" });
    if (error) throw error;
    return data;
  }

  // `keep` lives from one command to the next.
  const names = { db: client(), client, until, subscribed, signIn, keep: {} };
  return names;
}

// Runs a command, {"code": ..., "args": {...}} as text: the code is the body of an async function that sees the names.
// Gives {"value": ...} or {"thrown": ...} as text.
export async function run(names, line) {
  try {
    const { code, args } = JSON.parse(line);
    const body = new AsyncFunction(...Object.keys(names), "args", code);
    return JSON.stringify({ value: (await body(...Object.values(names), args)) ?? null });
  } catch (error) {
    return JSON.stringify({ thrown: error?.stack ?? String(error) });
  }
}
