import { badness, type Finding, isAboutUnread, isDead } from "../token/findings/finding.ts";
import { unreadAssets } from "../token/unread.ts";
import type { Verdict } from "../token/verdict.ts";

/**
 * How a new bad verdict compares with the verdict of the open alert. `nearer`: the expiry is closer, and nothing else
 * is worse. `edit`: different, but not important enough for a reply.
 */
export type Comparison = "same" | "worse" | "nearer" | "better" | "edit";

/** Critical findings, by object, that the shown verdict lacks. */
export function newCriticals(shown: Verdict, next: Verdict): readonly string[] {
  return without(keysOf(next, ["critical"]), keysOf(shown, ["critical"]));
}

/**
 * Compares two bad verdicts with answers.
 * @param order the policy's thresholds as text, longest first: later ones are nearer to the expiry
 */
export function compareVerdicts(shown: Verdict, next: Verdict, order: readonly string[]): Comparison {
  const [shownEnd, nextEnd] = [endOf(shown), endOf(next)];
  const endsKnown = shownEnd !== undefined && nextEnd !== undefined;
  const moved = shown.token?.fingerprint !== next.token?.fingerprint || (endsKnown && shownEnd !== nextEnd);
  // Expired, revoked and invalid tokens are all dead, so a change between these states gets no reply.
  if (isDead(shown.state) && isDead(next.state)) return shown.state === next.state && !moved ? "same" : "edit";
  // A dead token hides other findings. They are no news when the token works again, because that is an improvement.
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
  // An unread ID can hide a finding, so a missing finding may still apply.
  const fewer = gone.length > 0 && added.length === 0 && without(unread, unreadBefore).length === 0;
  if (badness(next.state) < badness(shown.state) || longer || fewer) return "better";
  const alike =
    gone.length === 0 &&
    added.length === 0 &&
    shown.threshold === next.threshold &&
    unread.join() === unreadBefore.join();
  // The message names the token and its expiry. Another token with the same problem needs an edit, but no reply.
  return alike && !moved ? "same" : "edit";
}

function keysOf(verdict: Verdict, severities: readonly Finding["severity"][]): readonly string[] {
  return verdict.findings
    .filter((finding) => severities.includes(finding.severity) && !isAboutUnread(finding))
    .flatMap(({ code, objects }) => (objects.length === 0 ? [code] : objects.map((object) => `${code} ${object}`)));
}

function without(a: readonly string[], b: readonly string[]): readonly string[] {
  return a.filter((key) => !b.includes(key));
}

/** The findings about IDs that were not read. */
function notReadOf(verdict: Verdict): readonly string[] {
  return [
    ...verdict.findings.filter(isAboutUnread).map(({ code, objects }) => [code, ...objects].join()),
    ...unreadAssets(verdict).map(({ id }) => id),
  ];
}

/** Epoch milliseconds. Undefined when the expiry is unknown, which counts as neither nearer nor further. */
function endOf(verdict: Verdict): number | undefined {
  const expiry = verdict.token?.expiry;
  if (expiry?.kind === "at") return expiry.at.getTime();
  return expiry?.kind === "never" ? Infinity : undefined;
}

function thresholdRank(verdict: Verdict, order: readonly string[]): number {
  return verdict.threshold === null ? -1 : order.indexOf(verdict.threshold);
}
