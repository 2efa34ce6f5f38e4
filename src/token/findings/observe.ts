import type { Finding } from "./finding.ts";
import type { Evidence } from "../inspection.ts";

/** Creates a finding that the current check has proved. */
export function observe(observation: Observation, evidence: Evidence | null): Finding {
  return {
    objects: [],
    ...observation,
    evidence,
    notRecheckedSince: null,
  };
}

type Observation = Omit<Finding, "objects" | "evidence" | "notRecheckedSince"> & Partial<Pick<Finding, "objects">>;
