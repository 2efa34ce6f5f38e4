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

/** What to do about a temporary token, also where only its near end is told. */
const LASTING = "Make a system user's token: this one lasts hours.";

/** As the API Setup page makes them. */
const isTemporary = ({ type, issuedAt, expiry }: Inspection, now: Date): boolean =>
  type === "USER" &&
  issuedAt === null &&
  expiry.kind === "at" &&
  expiry.at.getTime() - now.getTime() <= TEMPORARY_WITHIN_MS;

/** How to replace a token that ends: only a system user's page offers one without an end. */
export const replacementRemedy = (facts: Inspection, now: Date, ended: boolean): string => {
  const when = ended ? "now" : "before that date";
  if (isTemporary(facts, now)) return LASTING;
  return facts.type === null || facts.type === "SYSTEM_USER"
    ? `Generate a new token ${when}, with expiration Never if it is offered, and replace this one.`
    : `Generate a token for a system user of the business ${when}, and replace this one.`;
};

/** What kind of token it is, as far as that is worth a word. */
export const kindFindings = (facts: Inspection, now: Date): readonly Finding[] => {
  const found: Finding[] = [];
  if (isTemporary(facts, now))
    found.push(
      observe(
        {
          code: "temporary_token",
          severity: "warning",
          message: "This is a temporary token, as the API Setup page makes them. It lasts hours.",
          remedy: LASTING,
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
          message: `The token's type is ${facts.type}, not SYSTEM_USER: it depends on a person's or a page's account.`,
          remedy: "Generate a token for a system user of the business.",
        },
        facts.evidence,
      ),
    );
  return found;
};
