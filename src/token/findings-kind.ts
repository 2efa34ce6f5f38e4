import { HOUR_MS } from "./duration.ts";
import type { Finding } from "./finding.ts";
import type { Evidence, Inspection } from "./inspection.ts";
import { observe } from "./observe.ts";

/** API Setup tokens last hours; Graph gives them no `issued_at` (debugging guide, read 2026-11). */
const TEMPORARY_WITHIN_MS = 48 * HOUR_MS;

/** The token is of an app that the watch does not expect. */
export const wrongAppFinding = (appName: string | null, evidence: Evidence): Finding =>
  observe(
    {
      code: "wrong_app",
      severity: "critical",
      message: `The token belongs to ${appName === null ? "another Meta app" : `another Meta app, "${appName}"`}, not to the one expected here.`,
      remedy: "Generate the token for the right app, or correct META_APP_ID and META_APP_SECRET.",
    },
    evidence,
  );

/** What kind of token it is, as far as that is worth a word. */
export const kindFindings = (facts: Inspection, now: Date): readonly Finding[] => {
  const found: Finding[] = [];
  const leftMs = facts.expiry.kind === "at" ? facts.expiry.at.getTime() - now.getTime() : Infinity;
  if (facts.type === "USER" && facts.issuedAt === null && leftMs <= TEMPORARY_WITHIN_MS)
    found.push(
      observe(
        {
          code: "temporary_token",
          severity: "warning",
          message: "This is a temporary token, as the API Setup page makes them. It lasts hours.",
          remedy: "Use a system user's token in anything that must keep working.",
        },
        facts.evidence,
      ),
    );
  if (facts.type !== null && facts.type !== "SYSTEM_USER")
    found.push(
      observe(
        {
          code: "not_system_user",
          severity: "warning",
          message: `The token's type is ${facts.type}, not SYSTEM_USER: it hangs on a person's or a page's account.`,
          remedy: "Generate a token for a system user of the business.",
        },
        facts.evidence,
      ),
    );
  return found;
};
