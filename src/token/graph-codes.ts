import type { GraphError } from "./inspection.ts";

/** Codes that mean a dead token: invalid token, invalid session (Graph error handling guide, read 2026-11). */
export const DEAD_TOKEN: ReadonlySet<number | null> = new Set([190, 102]);

/** The account is blocked or locked for its conduct, so a new token does not help (Cloud API error codes, read 2026-11). */
export const RESTRICTED_ACCOUNT: ReadonlySet<number | null> = new Set([368, 131_031]);

/** Subcode of an error that requires two-factor authentication of the business (public issues and logs, 2026). */
export const TWO_FACTOR_SUBCODE = 2_859_009;

/** True when Meta says that the app was deleted. A blocked app has the same codes, so only the message shows the difference. */
export function saysDeleted({ message }: Pick<GraphError, "message">): boolean {
  return /\bdeleted\b/i.test(message);
}
