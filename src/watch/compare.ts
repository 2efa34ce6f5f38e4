import { badness, type Finding, isDead } from "../token/finding.ts";
import type { Verdict } from "../token/verdict.ts";

/** How a new bad verdict stands to the one an open alert shows. */
export type Comparison = "same" | "worse" | "better" | "edit";

const keysOf = (verdict: Verdict, severities: readonly Finding["severity"][]): ReadonlySet<string> =>
  new Set(
    verdict.findings
      .filter((finding) => severities.includes(finding.severity))
      // A threshold raises the severity of expires_soon; that is told by the threshold, not as another finding.
      .flatMap(({ code, objects }) => (objects.length === 0 ? [code] : objects.map((object) => `${code} ${object}`))),
  );

const without = (a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] => [...a].filter((k) => !b.has(k));

const endOf = (verdict: Verdict): number =>
  verdict.token?.expiry.kind === "at" ? verdict.token.expiry.at.getTime() : Infinity;

const thresholdRank = (verdict: Verdict, order: readonly string[]): number =>
  verdict.threshold === null ? -1 : order.indexOf(verdict.threshold);

/**
 * Compares two answered, bad verdicts.
 * @param order the policy's thresholds as text, longest first: a later one is nearer to the end
 */
export const compareVerdicts = (shown: Verdict, next: Verdict, order: readonly string[]): Comparison => {
  // A move among expired, revoked, invalid: a better word for the same death.
  if (isDead(shown.state) && isDead(next.state)) return shown.state === next.state ? "same" : "edit";
  const newCritical = without(keysOf(next, ["critical"]), keysOf(shown, ["critical"])).filter(
    (key) => key !== "expires_soon",
  );
  const nearer = thresholdRank(next, order) > thresholdRank(shown, order) && endOf(next) <= endOf(shown);
  if (newCritical.length > 0 || nearer || badness(next.state) > badness(shown.state)) return "worse";
  const both = ["critical", "warning"] as const;
  const gone = without(keysOf(shown, both), keysOf(next, both));
  const added = without(keysOf(next, both), keysOf(shown, both));
  const longer = endOf(next) > endOf(shown) && shown.threshold !== null;
  if (badness(next.state) < badness(shown.state) || longer || (gone.length > 0 && added.length === 0)) return "better";
  return gone.length === 0 && added.length === 0 && shown.threshold === next.threshold ? "same" : "edit";
};

/** Worse in a way people must notice: a worse state or a new critical finding, not only a nearer threshold. */
export const isWorseForPeople = (shown: Verdict, next: Verdict): boolean =>
  badness(next.state) > badness(shown.state) ||
  without(keysOf(next, ["critical"]), keysOf(shown, ["critical"])).length > 0;
