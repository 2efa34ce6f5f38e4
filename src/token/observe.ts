import type { Finding, FindingCode, Severity } from "./finding.ts";
import type { Evidence } from "./inspection.ts";

interface Observation {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
  readonly remedy: string;
  readonly objects?: readonly string[];
}

/** A finding as proved just now. */
export const observe = (observation: Observation, evidence: Evidence | null): Finding => ({
  objects: [],
  ...observation,
  evidence,
  notRecheckedSince: null,
});
