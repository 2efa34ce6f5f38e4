import { Session } from "node:inspector/promises";
import v8 from "@vitest/coverage-v8";
import type { CoverageProviderModule } from "vitest/node";

let isStarted = false;

/**
 * Notes which lines ran, and not how often: that costs a tenth less of the processor's time. V8 then reports each
 * function once, so the shares in the summary are lower bounds.
 */
const withoutCounts: CoverageProviderModule = {
  ...v8,
  async startCoverage(options) {
    await v8.startCoverage?.call(this, options);
    // The test files of a worker share one session.
    if (isStarted) return;
    isStarted = true;
    const session = new Session();
    session.connect();
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: false, detailed: true });
  },
};

/**
 * Counts lines in the projects whose `env` in vitest.config.ts says so: those of single parts. A journey through the
 * product runs most lines without checking what each gives.
 */
const partCoverage: CoverageProviderModule =
  process.env["WA_TOKEN_COUNT_LINES"] === "1" ? withoutCounts : { getProvider: async () => v8.getProvider() };

export default partCoverage;
