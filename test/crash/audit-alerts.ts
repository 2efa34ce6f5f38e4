import { type Evidence, type Findings, merged, type Repeat, repeatOf } from "./findings.ts";
import type { Taken } from "./ledger.ts";
import type { StoredAlert, StoredReply, StoredWord } from "./stored-rows.ts";
import { ailmentIn, endsIt, isOver, isReplied, opensWith } from "./texts.ts";

/** Audits the replies in the thread of the message that the bot knows. */
const auditThread = (
  evidence: Evidence,
  alert: StoredAlert,
  thread: readonly Taken[],
  owed: readonly StoredWord[],
): Findings => {
  const { ailments, left } = evidence;
  const tells = (text: string, { reason, cause }: StoredReply): boolean => {
    if (!opensWith(text, reason)) return false;
    return endsIt(reason) || ailmentIn(ailments, alert.watch, text) === ailmentIn(ailments, alert.watch, cause);
  };
  const lost = owed
    .filter((word) => !thread.some(({ text }) => tells(text, word)))
    .map(({ reason, cause }) => `${alert.watch}: its thread lacks "${reason}" (${cause})`);
  /** A problem that came back has ended twice, so its thread may report the end twice, but no more often. */
  const surplusOf = (same: readonly Taken[]): readonly Repeat[] => {
    const happened = evidence.last.words.filter(
      (word) => word.alert === alert.id && tells(same[0]?.text ?? "", word),
    ).length;
    const found = same.slice(0, -1).map((earlier) => {
      const then = left.get(earlier.bot)?.alerts.get(alert.id);
      const unsaved = then?.replies.some((reply) => tells(earlier.text, reply)) ?? false;
      return repeatOf(evidence, earlier, unsaved);
    });
    return found
      .toSorted((a, b) => Number(b.excused) - Number(a.excused))
      .slice(0, same.length - Math.max(1, happened));
  };
  const repeats: Repeat[] = [];
  for (const same of Map.groupBy(thread, ({ text }) => text).values()) repeats.push(...surplusOf(same));
  return { lost, repeats, strange: [] };
};

/** @param own the messages that were posted for the alert */
const auditAlert = (evidence: Evidence, alert: StoredAlert, own: readonly Taken[]): Findings => {
  const { taken, left, last, ailments } = evidence;
  const name = `${alert.watch}, open since ${alert.openedAt.toISOString()}`;
  const message = own.at(-1);
  if (message === undefined) return { lost: [`${name}: it has no message`], repeats: [], strange: [] };
  const thread = (post: Taken): readonly Taken[] =>
    taken.filter(({ kind, threadTs, channel }) => kind === "post" && threadTs === post.ts && channel === post.channel);
  const lost: string[] = [];
  if (alert.ts !== message.ts) lost.push(`${name}: the store does not know its last message`);
  const standing = taken.findLast(({ ts, channel }) => ts === message.ts && channel === message.channel)?.text ?? "";
  if (alert.resolved !== isOver(standing)) lost.push(`${name}: its message still says: ${standing}`);
  const repeats = own
    .slice(0, -1)
    .map((earlier) => repeatOf(evidence, earlier, left.get(earlier.bot)?.alerts.get(alert.id)?.ts !== earlier.ts));
  const strange = own
    .slice(0, -1)
    .filter((earlier) => thread(earlier).length > 0)
    .map(() => `${name}: a reply went to a message that the store does not know`);
  // A post shows every earlier transition.
  const shown = ailmentIn(ailments, alert.watch, message.text);
  const owed = last.words.filter(
    (word) =>
      word.alert === alert.id &&
      !isOver(message.text) &&
      isReplied(word, last.words) &&
      (endsIt(word.reason) || ailmentIn(ailments, alert.watch, word.cause) > shown),
  );
  return merged([{ lost, repeats, strange }, auditThread(evidence, alert, thread(message), owed)]);
};

/** Audits alerts that have their own message. */
export const auditAlerts = (evidence: Evidence, messages: ReadonlyMap<string, readonly Taken[]>): Findings =>
  merged(
    [...evidence.last.alerts.values()]
      .filter(({ group }) => group === null)
      .map((alert) => auditAlert(evidence, alert, messages.get(alert.id) ?? [])),
  );
