import type { TokenTrace } from "../renewal.ts";

/**
 * The token that a new one replaces. Pure. It is the one in the source, unless a person saved the new token there
 * first: then it is the last token that the bot knew. A pasted token that the bot knew is the old one again.
 * @param given the fingerprint of the pasted token; null before it is pasted
 * @param source the token in the source now; null when the source gives none that Graph answered for
 * @param known the last known token of the watch before; null when there was none
 */
export function replacedToken(
  given: string | null,
  source: TokenTrace | null,
  known: TokenTrace | null,
): TokenTrace | null {
  if (given === null) return known ?? source;
  const isOld = given === known?.fingerprint;
  return isOld || given === source?.fingerprint ? known : (source ?? known);
}
