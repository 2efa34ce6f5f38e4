// Saves a token in the .env file given as argument, and prints the outcome as JSON.
import { keyAt, save } from "./outcome.ts";

process.stdout.write(JSON.stringify(await save(keyAt(process.argv[2] ?? ""))));
