import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { SlowFirst } from "./test/support/slow-first.ts";

// Workers and the programs that tests start read the same modules, so only the first of them compiles these.
process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(new URL("node_modules/.cache/wa-token-compiled", import.meta.url));

/** Tests of the whole product: the bot from request to database, its processes, the sandbox and the package. */
const JOURNEYS = ["crash", "docs", "flows", "packaging", "recipes", "sandbox", "tools"].map(
  (name) => `test/${name}/**`,
);

export default defineConfig({
  test: {
    // Most slow tests wait for a process, a server or a clock, so small machines run more workers than they have cores.
    maxWorkers: Math.max(4, availableParallelism()),
    // The files of a worker share their modules: to import the app for every file would take longer than the tests do.
    isolate: false,
    // Node.js imports the sources by itself, as it runs the product.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    sequence: { sequencer: SlowFirst },
    // As generous as the time limits of tests: the default of one second fails on a machine that others share.
    expect: { poll: { timeout: 20_000 } },
    reporters: ["default", "./test/support/count-reporter.ts"],
    coverage: {
      provider: "custom",
      customProviderModule: "./test/support/part-coverage.ts",
      include: ["src/**/*.ts"],
      reporter: ["text-summary", "json-summary"],
      thresholds: { lines: 90 },
    },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: [...JOURNEYS, "test/page/**", "test/**/postgres*.test.ts"],
          globalSetup: ["test/support/bundle.ts"],
          env: { WA_TOKEN_COUNT_LINES: "1" },
          // Generous, because a machine that others share may be slow; nothing waits for it when all is well.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // A project of its own, so that its lines are not counted.
          name: "journeys",
          include: JOURNEYS.map((folder) => `${folder}/*.test.ts`),
          exclude: ["test/**/postgres*.test.ts"],
          globalSetup: ["test/support/bundle.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // A project of its own, so that the server is started for its files only.
          name: "postgres",
          include: ["test/**/postgres*.test.ts"],
          globalSetup: ["test/support/bundle.ts", "test/support/postgres.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // A project of its own, so that the browser is started for its files only.
          name: "page",
          include: ["test/page/**/*.test.ts"],
          globalSetup: ["test/page/chromium.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
