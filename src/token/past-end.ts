import type { TokenFacts } from "./verdict.ts";

/**
 * How to get past the end of a system user's token, in one line; undefined for any other token and for one without an
 * end. The caller leaves it out for a dead token, which can only be replaced.
 */
export const pastEndText = ({ type, expiry }: Pick<TokenFacts, "type" | "expiry">): string | undefined =>
  type === "SYSTEM_USER" && expiry.kind === "at"
    ? "To get past this end, generate a token with expiration Never if Meta offers it, or renew this one before it ends."
    : undefined;
