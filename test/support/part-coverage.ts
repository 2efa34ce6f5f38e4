import v8 from "@vitest/coverage-v8";
import type { CoverageProviderModule } from "vitest/node";

/** A reading counts all lines since the last one, so that few readings give nearly what one after every file gives. */
const FILES_BETWEEN_READINGS = 20;

let files = 0;

/** Reads the counts rarely, which can only lower them: a worker's last files are missing. A reading takes long. */
const rarely: CoverageProviderModule = {
  ...v8,
  async takeCoverage(options) {
    return ++files % FILES_BETWEEN_READINGS === 0 ? v8.takeCoverage?.call(this, options) : undefined;
  },
};

/**
 * Counts lines in the projects whose `env` in vitest.config.ts says so: those of single parts. To count takes a fifth of
 * the processor's time, and a journey through the product runs most lines without checking what each gives.
 */
const partCoverage: CoverageProviderModule =
  process.env["WA_TOKEN_COUNT_LINES"] === "1" ? rarely : { getProvider: async () => v8.getProvider() };

export default partCoverage;
