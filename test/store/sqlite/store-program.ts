// Another program on a store, run as a child process: `store-program.ts <path> <bot|command|inspect> [as-nobody]`.
// Prints one line, `open` or the StoreError's code and message. A `bot` then stays until it is killed. A `command` adds
// its own watch and ends. `inspect` only reads.
import { inspectSqlite } from "../../../src/store/sqlite/inspect-sqlite.ts";
import { openSqliteStore } from "../../../src/store/sqlite/open-sqlite.ts";
import { StoreError } from "../../../src/store/store-error.ts";

const NOBODY = 65_534;

const [path = "", role, user] = process.argv.slice(2);
// Root can write anywhere. All modules are loaded, so the rest can run as a user without permissions.
if (user === "as-nobody" && process.getuid?.() === 0) {
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
try {
  if (role === "inspect") await inspectSqlite(path);
  else {
    const store = await openSqliteStore({ path, exclusive: role === "bot" });
    if (role === "bot") setInterval(() => {}, 60_000);
    else {
      await store.sync([{ name: `command-${process.pid}`, definition: "d" }], new Date());
      await store.close();
    }
  }
  process.stdout.write("open\n");
} catch (error) {
  process.stdout.write(error instanceof StoreError ? `${error.code}: ${error.message}\n` : `${String(error)}\n`);
}
