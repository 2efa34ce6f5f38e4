import { isDead } from "./finding.ts";
import { blockOf } from "./telling.ts";
import type { Verdict } from "./verdict.ts";

/**
 * How to get past the end of a system user's token, in one line; undefined for any other token and for one without an
 * end. A dead token can only be replaced, and while the app is blocked no token helps.
 */
export const pastEndText = ({
  state,
  token,
  findings,
}: Pick<Verdict, "state" | "token" | "findings">): string | undefined =>
  token?.type === "SYSTEM_USER" && token.expiry.kind === "at" && !isDead(state) && blockOf(findings) === undefined
    ? "To get past this end, generate a token with expiration Never if Meta offers it, or renew this one before it ends."
    : undefined;
