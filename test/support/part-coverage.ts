import v8 from "@vitest/coverage-v8";
import type { CoverageProviderModule } from "vitest/node";

/**
 * Counts lines in the projects whose `env` in vitest.config.ts says so: those of single parts. To count takes a quarter
 * of the processor's time, and a journey through the product runs most lines without checking what each gives.
 */
const partCoverage: CoverageProviderModule =
  process.env["WA_TOKEN_COUNT_LINES"] === "1" ? v8 : { getProvider: async () => v8.getProvider() };

export default partCoverage;
