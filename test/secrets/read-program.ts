// Reads the file given as argument and prints the message. Root can read every file, so the program first becomes a user
// with few permissions. That is possible because all modules are already loaded.
import { createSourceReader } from "../../src/secrets/reader.ts";

const NOBODY = 65_534;

if (process.getuid?.() === 0) {
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
const read = createSourceReader({ env: {}, dotenvPath: undefined, ownSecretNames: [] });
const reading = await read({ kind: "file", path: process.argv[2] ?? "" });
process.stdout.write(reading.ok ? "it could be read" : reading.message);
