import { readdirSync } from "node:fs";

/** The number of steps of the schema. */
export const STEPS = readdirSync(new URL("../../../src/store/migrations/", import.meta.url)).filter((name) =>
  name.endsWith(".ts"),
).length;
