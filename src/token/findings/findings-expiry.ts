import { DAY_MS } from "../duration.ts";
import { isPast, reachedThreshold, usableThresholds } from "../expiry.ts";
import { CATALOGUE } from "./catalogue.ts";
import type { Finding } from "./finding.ts";
import type { Inspection, Proven } from "../inspection.ts";
import { observe } from "./observe.ts";
import type { Policy } from "../policy.ts";

/** The token expires soon, or its expiry date is not known. */
export function expiryFindings(
  facts: Proven & Pick<Inspection, "expiry" | "issuedAt">,
  policy: Policy,
  now: Date,
): readonly Finding[] {
  const { expiry, evidence } = facts;
  if (expiry.kind === "not_known") return [observe({ code: "expiry_not_known" }, evidence)];
  if (expiry.kind === "never") return [];
  const usable = usableThresholds(policy.warnAt, expiry, facts.issuedAt);
  const reached = reachedThreshold(usable, expiry, now);
  const past = isPast(expiry, now);
  // People must know about a date that has passed, whatever the thresholds are.
  if (reached === undefined && !past) return [];
  const severity = reached === usable.at(-1) ? "critical" : CATALOGUE.expires_soon.severity;
  return [observe({ code: "expires_soon", severity, facts: { kind: "end", at: expiry.at, past } }, evidence)];
}

/** User tokens also have a date when their access to user data ends (debug_token reference, read 2026-11). */
export function dataAccessFindings(
  { dataAccess, evidence }: Proven & Pick<Inspection, "dataAccess">,
  now: Date,
): readonly Finding[] {
  if (dataAccess.kind !== "at" || dataAccess.at.getTime() - now.getTime() > DATA_ACCESS_NOTICE_MS) return [];
  const past = isPast(dataAccess, now);
  const facts = { kind: "end", at: dataAccess.at, past } as const;
  return [
    past
      ? observe({ code: "data_access_ended", facts }, evidence)
      : observe({ code: "data_access_ending", facts }, evidence),
  ];
}

/** The user has to renew the data access of a user token. A notice of 30 days leaves enough time for it. */
export const DATA_ACCESS_NOTICE_MS = 30 * DAY_MS;
