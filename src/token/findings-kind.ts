import { HOUR_MS } from "./duration.ts";
import type { Finding } from "./finding.ts";
import type { Evidence, Inspection } from "./inspection.ts";
import { observe } from "./observe.ts";

/** API Setup tokens last hours; Graph gives them no `issued_at` (debugging guide, read 2026-11). */
const TEMPORARY_WITHIN_MS = 48 * HOUR_MS;

/** The token is of an app that the watch does not expect. */
export const wrongAppFinding = (appName: string | null, evidence: Evidence): Finding =>
  observe({ code: "wrong_app", severity: "critical", facts: { kind: "app", name: appName, deleted: false } }, evidence);

/** As the API Setup page makes them. */
const isTemporary = ({ type, issuedAt, expiry }: Inspection, now: Date): boolean =>
  type === "USER" &&
  issuedAt === null &&
  expiry.kind === "at" &&
  expiry.at.getTime() - now.getTime() <= TEMPORARY_WITHIN_MS;

/** What kind of token it is, as far as people should know. */
export const kindFindings = (facts: Inspection, now: Date): readonly Finding[] => {
  const { type, evidence } = facts;
  return [
    ...(isTemporary(facts, now) ? [observe({ code: "temporary_token", severity: "warning" }, evidence)] : []),
    ...(type !== null && type !== "SYSTEM_USER"
      ? [observe({ code: "not_system_user", severity: "warning", facts: { kind: "type", type } }, evidence)]
      : []),
  ];
};
