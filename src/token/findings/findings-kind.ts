import { HOUR_MS } from "../duration.ts";
import type { Finding } from "./finding.ts";
import type { Evidence, Inspection, Proven } from "../inspection.ts";
import { observe } from "./observe.ts";

/** The token belongs to a different app than the watch expects. */
export function wrongAppFinding(appName: string | null, evidence: Evidence): Finding {
  return observe({ code: "wrong_app", facts: { kind: "app", name: appName, deleted: false } }, evidence);
}

/** Warnings about the kind of token: it is temporary, or it is not a system user's token. */
export function kindFindings(facts: Inspection, now: Date): readonly Finding[] {
  const { type, evidence } = facts;
  return [
    ...temporaryFindings(facts, now),
    ...(type !== null && type !== "SYSTEM_USER"
      ? [observe({ code: "not_system_user", facts: { kind: "type", type } }, evidence)]
      : []),
  ];
}

/** The token looks like one from the API Setup page. */
export function temporaryFindings(facts: Proven & Dated, now: Date): readonly Finding[] {
  return isTemporary(facts, now) ? [observe({ code: "temporary_token" }, facts.evidence)] : [];
}

/** API Setup tokens last hours, and Graph returns no `issued_at` for them (debugging guide, read 2026-11). */
const TEMPORARY_WITHIN_MS = 48 * HOUR_MS;

type Dated = Pick<Inspection, "type" | "issuedAt" | "expiry">;

function isTemporary({ type, issuedAt, expiry }: Dated, now: Date): boolean {
  return (
    type === "USER" &&
    issuedAt === null &&
    expiry.kind === "at" &&
    expiry.at.getTime() - now.getTime() <= TEMPORARY_WITHIN_MS
  );
}
