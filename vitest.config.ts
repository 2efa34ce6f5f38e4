import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { SlowFirst } from "./test/support/slow-first.ts";

// Workers and the programs that tests start read the same modules, so only the first of them compiles these.
process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(new URL("node_modules/.cache/wa-token-compiled", import.meta.url));

export default defineConfig({
  test: {
    // Most slow tests wait for a process, a server or a clock, so small machines run more workers than they have cores.
    maxWorkers: Math.max(4, availableParallelism()),
    // The files of a worker share their modules: to import the app for every file would take longer than the tests do.
    isolate: false,
    sequence: { sequencer: SlowFirst },
    // As generous as the time limits of tests: the default of one second fails on a machine that others share.
    expect: { poll: { timeout: 20_000 } },
    reporters: ["default", "./test/support/count-reporter.ts"],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      reporter: ["text-summary", "json-summary"],
      thresholds: { lines: 90 },
    },
    projects: [
      {
        extends: true,
        test: {
          // Single parts and whole journeys together: workers belong to a project, and each imports the app once.
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/page/**", "test/**/postgres*.test.ts"],
          globalSetup: ["test/support/bundle.ts"],
          // Generous, because a machine that others share may be slow; nothing waits for it when all is well.
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
