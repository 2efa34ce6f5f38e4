import { CATALOGUE } from "./catalogue.ts";
import type { Finding } from "./finding.ts";
import type { Evidence } from "../inspection.ts";

/** Creates a finding that the current check has proved. Without a severity, it has the usual one of its code. */
export function observe(observation: Observation, evidence: Evidence | null): Finding {
  return {
    severity: CATALOGUE[observation.code].severity,
    objects: [],
    ...observation,
    evidence,
    notRecheckedSince: null,
  };
}

type Observation = Pick<Finding, "code" | "why" | "facts"> & Partial<Pick<Finding, "severity" | "objects">>;
