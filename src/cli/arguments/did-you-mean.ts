import { likelyNames } from "../../guide/likely-names.ts";

/**
 * A question with the likely names, after a space: " Did you mean check?". Empty when no name is likely. It never
 * repeats the typed text, which may be a secret.
 */
export function didYouMean(typed: string, names: readonly string[]): string {
  const likely = likelyNames(typed, names);
  const [first, ...others] = likely;
  if (first === undefined) return "";
  const last = others.at(-1);
  return ` Did you mean ${last === undefined ? first : `${likely.slice(0, -1).join(", ")} or ${last}`}?`;
}
