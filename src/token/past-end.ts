import { isDead } from "./findings/finding.ts";
import { blockOf } from "./telling.ts";
import type { Verdict } from "./verdict.ts";

/**
 * True for a system user's token with an expiry date that a person can still avoid. A dead token can only be replaced,
 * and while the app is blocked no token helps.
 */
export function canPassEnd({ state, token, findings }: Pick<Verdict, "state" | "token" | "findings">): boolean {
  return (
    token?.type === "SYSTEM_USER" && token.expiry.kind === "at" && !isDead(state) && blockOf(findings) === undefined
  );
}
