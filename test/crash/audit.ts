import { auditAlerts } from "./audit-alerts.ts";
import { auditGroups } from "./audit-groups.ts";
import { auditNotes } from "./audit-notes.ts";
import { type Evidence, type Findings, merged, type Repeat } from "./findings.ts";
import type { Taken } from "./ledger.ts";
import type { Stored } from "./stored-rows.ts";
import { absencesIn, openedIn, watchIn } from "./texts.ts";

export interface Audit extends Findings {
  /** Number of transitions that the bot stored. */
  readonly words: number;
  /** Number of messages that Slack accepted, without edits. */
  readonly posts: number;
}

/**
 * The alert or group of a message in a channel: found by the message's buttons or, when it is resolved, by name and
 * time.
 */
const subjectOf = ({ values, text, ts }: Taken, { alerts, groups }: Stored): string | undefined => {
  const carried = values.find((value) => alerts.has(value) || groups.has(value));
  if (carried !== undefined) return carried;
  const known = [...groups].find(([, groupTs]) => groupTs === ts)?.[0];
  if (known !== undefined) return known;
  const [watch, opened] = [watchIn(text), openedIn(text)];
  return [...alerts.values()].find(
    (alert) => alert.watch === watch && Math.floor(alert.openedAt.getTime() / 1_000) === opened,
  )?.id;
};

/** A resolved group has no buttons, so its message is identified by another one about the same group. */
const twinOf = (post: Taken, posts: readonly Taken[], { groups }: Stored): string | undefined => {
  const opened = openedIn(post.text);
  const twin = posts.find(
    (other) =>
      other.channel === post.channel && openedIn(other.text) === opened && [...groups.values()].includes(other.ts),
  );
  return [...groups].find(([, groupTs]) => groupTs === twin?.ts)?.[0];
};

/**
 * Counts a message with several transitions as one repeat. The repeat is not excused when one of its transitions is
 * not.
 */
const oncePerMessage = (repeats: readonly Repeat[]): readonly Repeat[] => [
  ...new Map(
    repeats
      .toSorted((a, b) => Number(b.excused) - Number(a.excused))
      .map((repeat) => [`${repeat.channel} ${repeat.ts}`, repeat]),
  ).values(),
];

/**
 * Compares the bot's store with the messages that Slack accepted: was every transition reported, and was anything
 * repeated without need?
 */
export const audit = (evidence: Evidence): Audit => {
  const { taken, last } = evidence;
  const posts = taken.filter(({ kind }) => kind === "post");
  const strange: string[] = [];
  const messages = new Map<string, Taken[]>();
  for (const post of posts) {
    if (post.threadTs !== undefined || absencesIn(post.text).length > 0) continue;
    const subject = subjectOf(post, last) ?? twinOf(post, posts, last);
    if (subject === undefined) strange.push(`the store knows nothing of: ${post.text}`);
    else messages.set(subject, [...(messages.get(subject) ?? []), post]);
  }
  const parts = [auditAlerts(evidence, messages), auditGroups(evidence, messages), auditNotes(evidence)];
  const { lost, repeats, strange: odd } = merged([{ lost: [], repeats: [], strange }, ...parts]);
  return { lost, repeats: oncePerMessage(repeats), strange: odd, words: last.words.length, posts: posts.length };
};
