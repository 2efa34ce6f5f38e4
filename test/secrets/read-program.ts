// Reads the file given as argument as a user who may read little, and prints the message. Root may read everything; the
// modules are loaded by now, so the rest can run as somebody else.
import { createSourceReader } from "../../src/secrets/reader.ts";

const NOBODY = 65_534;

if (process.getuid?.() === 0) {
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
const read = createSourceReader({ env: {}, dotenvPath: undefined, ownSecretNames: [] });
const reading = await read({ kind: "file", path: process.argv[2] ?? "" });
process.stdout.write(reading.ok ? "it could be read" : reading.message);
