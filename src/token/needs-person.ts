import type { FailureKind, InspectionFailure } from "./inspection.ts";

/** True for a failure that a person must correct. All others are trouble at Meta or in the network, which passes. */
export function needsPerson({ kind }: Pick<InspectionFailure, "kind">): boolean {
  return NEEDS_PERSON[kind];
}

const NEEDS_PERSON: Readonly<Record<FailureKind, boolean>> = {
  misconfigured: true,
  app_blocked: true,
  unreadable: true,
  unreachable: false,
  throttled: false,
  malformed: false,
};
