import type { Verdict } from "../../token/verdict.ts";
import type { RenewerDeps } from "../deps.ts";
import type { Renewal } from "../renewal.ts";

/** The watch of a renewal and every watch that saves to the same place. */
export function sharers(
  { card, settings, placeOf }: Pick<RenewerDeps, "card" | "settings" | "placeOf">,
  { watch, place }: Pick<Renewal, "watch" | "place">,
  verdicts: ReadonlyMap<string, Verdict | null>,
): readonly string[] {
  const others = [...verdicts.keys()].filter((name) => {
    if (name === watch || place === null || card(name) === undefined) return false;
    const { write } = settings(name);
    return write !== undefined && placeOf(write).key === place.key;
  });
  return [watch, ...others];
}

/** The watches to inspect when the token of a renewal changed: its sharers, and those that used the old token. */
export function concerned(
  deps: Pick<RenewerDeps, "card" | "settings" | "placeOf">,
  renewal: Pick<Renewal, "watch" | "place" | "before">,
  verdicts: ReadonlyMap<string, Verdict | null>,
): readonly string[] {
  const old = renewal.before?.fingerprint;
  const using = [...verdicts].flatMap(([name, verdict]) =>
    old !== undefined && verdict?.token?.fingerprint === old ? [name] : [],
  );
  return [...new Set([...sharers(deps, renewal, verdicts), ...using])];
}
