import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** `npm run recipes`: the lines of docs/sources-and-sinks.md with the real programs of the stores. Not in `npm test`. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL("../..", import.meta.url)),
    include: ["test/recipes/*.recipe.ts"],
    reporters: ["verbose"],
    testTimeout: 120_000,
  },
});
