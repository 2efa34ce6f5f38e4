import { readdirSync } from "node:fs";

/** How many steps the schema took so far. */
export const STEPS = readdirSync(new URL("../../src/store/migrations/", import.meta.url)).filter((name) =>
  name.endsWith(".ts"),
).length;
