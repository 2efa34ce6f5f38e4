import { badness, type Finding, type FindingCode, isDead } from "../token/finding.ts";
import { unreadAssets } from "../token/unread.ts";
import type { Verdict } from "../token/verdict.ts";

/**
 * How a new bad verdict stands to the one an open alert shows. `nearer`: worse only in that the end comes closer;
 * `edit`: different, but nothing to tell anybody.
 */
export type Comparison = "same" | "worse" | "nearer" | "better" | "edit";

/** That something was not read makes a problem neither worse nor better. */
const NOT_READ: readonly FindingCode[] = ["reach_not_checked", "proof_refused"];

const keysOf = (verdict: Verdict, severities: readonly Finding["severity"][]): readonly string[] =>
  verdict.findings
    .filter((finding) => severities.includes(finding.severity) && !NOT_READ.includes(finding.code))
    .flatMap(({ code, objects }) => (objects.length === 0 ? [code] : objects.map((object) => `${code} ${object}`)));

const without = (a: readonly string[], b: readonly string[]): readonly string[] => a.filter((key) => !b.includes(key));

/** The critical findings, by object, that the shown verdict did not have. */
export const newCriticals = (shown: Verdict, next: Verdict): readonly string[] =>
  without(keysOf(next, ["critical"]), keysOf(shown, ["critical"]));

/** What the verdict says of ids that were not read. */
const notReadOf = (verdict: Verdict): readonly string[] => [
  ...verdict.findings
    .filter(({ code }) => NOT_READ.includes(code))
    .map(({ code, objects }) => [code, ...objects].join()),
  ...unreadAssets(verdict).map(({ id }) => id),
];

/** Milliseconds; undefined when it is not known, which is neither nearer nor further away. */
const endOf = (verdict: Verdict): number | undefined => {
  const expiry = verdict.token?.expiry;
  if (expiry?.kind === "at") return expiry.at.getTime();
  return expiry?.kind === "never" ? Infinity : undefined;
};

const thresholdRank = (verdict: Verdict, order: readonly string[]): number =>
  verdict.threshold === null ? -1 : order.indexOf(verdict.threshold);

/**
 * Compares two answered, bad verdicts.
 * @param order the policy's thresholds as text, longest first: a later one is nearer to the end
 */
export const compareVerdicts = (shown: Verdict, next: Verdict, order: readonly string[]): Comparison => {
  const [shownEnd, nextEnd] = [endOf(shown), endOf(next)];
  const endsKnown = shownEnd !== undefined && nextEnd !== undefined;
  const moved = shown.token?.fingerprint !== next.token?.fingerprint || (endsKnown && shownEnd !== nextEnd);
  // A move among expired, revoked, invalid: a better word for the same death.
  if (isDead(shown.state) && isDead(next.state)) return shown.state === next.state && !moved ? "same" : "edit";
  // Death hid what else is wrong: what shows again with life is not news, and life is better.
  if (isDead(shown.state)) return "better";

  const critical = newCriticals(shown, next);
  if (badness(next.state) > badness(shown.state) || critical.some((key) => key !== "expires_soon")) return "worse";
  const longer = endsKnown && nextEnd > shownEnd && shown.threshold !== null;
  const closer = thresholdRank(next, order) > thresholdRank(shown, order) || critical.includes("expires_soon");
  if (closer && !longer) return "nearer";

  const both = ["critical", "warning"] as const;
  const gone = without(keysOf(shown, both), keysOf(next, both));
  const added = without(keysOf(next, both), keysOf(shown, both));
  const [unreadBefore, unread] = [notReadOf(shown), notReadOf(next)];
  // What is missing may only be hidden by what was not read.
  const fewer = gone.length > 0 && added.length === 0 && without(unread, unreadBefore).length === 0;
  if (badness(next.state) < badness(shown.state) || longer || fewer) return "better";
  const alike =
    gone.length === 0 &&
    added.length === 0 &&
    shown.threshold === next.threshold &&
    unread.join() === unreadBefore.join();
  // The message names the token and its end: another token with the same ailment is shown, though nobody is told.
  return alike && !moved ? "same" : "edit";
};
