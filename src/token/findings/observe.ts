import type { Finding } from "./finding.ts";
import type { Evidence } from "../inspection.ts";

type Observation = Omit<Finding, "objects" | "evidence" | "notRecheckedSince"> & Partial<Pick<Finding, "objects">>;

/** Creates a finding that the current check has proved. */
export const observe = (observation: Observation, evidence: Evidence | null): Finding => ({
  objects: [],
  ...observation,
  evidence,
  notRecheckedSince: null,
});
