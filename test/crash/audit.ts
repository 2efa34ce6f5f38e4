import { auditAlerts } from "./audit-alerts.ts";
import { auditGroups } from "./audit-groups.ts";
import { auditNotes } from "./audit-notes.ts";
import { type Evidence, type Findings, merged, type Repeat } from "./findings.ts";
import type { Taken } from "./ledger.ts";
import type { Stored } from "./stored-rows.ts";
import { absencesIn, openedIn, watchIn } from "./texts.ts";

export interface Audit extends Findings {
  /** Transitions that the bot stored. */
  readonly words: number;
  /** Messages that Slack took, edits apart. */
  readonly posts: number;
}

/** The alert or the group that a message of a channel is about: by its buttons, or by name and time when it is over. */
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

/** A group that is over has no buttons any more: its message is known by the one that tells of the same end. */
const twinOf = (post: Taken, posts: readonly Taken[], { groups }: Stored): string | undefined => {
  const opened = openedIn(post.text);
  const twin = posts.find(
    (other) =>
      other.channel === post.channel && openedIn(other.text) === opened && [...groups.values()].includes(other.ts),
  );
  return [...groups].find(([, groupTs]) => groupTs === twin?.ts)?.[0];
};

/** A message may tell of several things and is repeated once; without excuse when it is so for one of them. */
const oncePerMessage = (repeats: readonly Repeat[]): readonly Repeat[] => [
  ...new Map(
    repeats
      .toSorted((a, b) => Number(b.excused) - Number(a.excused))
      .map((repeat) => [`${repeat.channel} ${repeat.ts}`, repeat]),
  ).values(),
];

/** Holds what the bot stored against what Slack took: is everything told, and nothing twice without need? */
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
