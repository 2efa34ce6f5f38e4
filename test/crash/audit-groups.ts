import { type Evidence, type Findings, merged, type Repeat, repeatOf } from "./findings.ts";
import type { Taken } from "./ledger.ts";
import type { Stored, StoredAlert } from "./stored-rows.ts";
import { endsIt, groupTells, isOver, isReplied } from "./texts.ts";

/** The reasons that a group's thread reports about its watches; `first` means that an alert joined. */
const REASONS = ["first", "worse", "better", "recovered"];

interface Telling {
  readonly watch: string;
  readonly reason: string;
}

const alike = (a: string, b: string): boolean => a === b || (endsIt(a) && endsIt(b));

/** Looks at all alerts of the watch, because it may have had several in the group. */
const owes = (alerts: readonly StoredAlert[], { watch, reason }: Telling): boolean =>
  alerts.some(
    (alert) =>
      alert.watch === watch &&
      (reason === "first"
        ? !alert.joined && !alert.resolved
        : alert.replies.some((reply) => alike(reply.reason, reason))),
  );

const membersOf = (stored: Stored | undefined, group: string): readonly StoredAlert[] =>
  [...(stored?.alerts.values() ?? [])].filter((alert) => alert.group === group);

/** The transitions of a group's member that its thread does not report. */
const lostWords = (
  { last }: Evidence,
  alert: StoredAlert,
  message: Taken,
  thread: readonly Taken[],
): readonly string[] => {
  // The post shows every earlier transition; so does a reply about a new or a resolved alert.
  const isTold = (at: Date, reason: string): boolean =>
    message.at >= at ||
    thread.some(
      (reply) =>
        reply.at >= at && [reason, "first", "recovered"].some((said) => groupTells(reply.text, said, alert.watch)),
    );
  return last.words
    .filter((word) => word.alert === alert.id && isReplied(word, last.words) && !isTold(word.at, word.reason))
    .map(({ reason, cause }) => `${alert.watch}: the thread of its group lacks "${reason}" (${cause})`);
};

const repeatedReplies = (evidence: Evidence, id: string, thread: readonly Taken[]): readonly Repeat[] => {
  const { taken, left, last, forgiven } = evidence;
  const members = membersOf(last, id);
  const watches = [...new Set(members.map(({ watch }) => watch))];
  const everything = watches.flatMap((watch) => REASONS.map((reason): Telling => ({ watch, reason })));
  const tellings = ({ text }: Taken): readonly Telling[] =>
    everything.filter(({ reason, watch }) => groupTells(text, reason, watch));
  const isLast = ({ bot, channel, ts }: Taken): boolean =>
    taken.findLast((other) => other.bot === bot && other.channel === channel)?.ts === ts;
  // A bot saves each message before it sends the next one in the channel. What it still owes at its end may be a newer
  // transition.
  const isSaved = (reply: Taken): boolean =>
    !forgiven(reply) &&
    (!isLast(reply) || !tellings(reply).every((telling) => owes(membersOf(left.get(reply.bot), id), telling)));
  const repeated = thread.filter(
    (reply, nth) =>
      !isSaved(reply) &&
      thread
        .slice(nth + 1)
        .some(({ text }) => tellings(reply).some(({ reason, watch }) => groupTells(text, reason, watch))),
  );
  const saved = thread.filter(isSaved);
  // One reply may report several transitions. More replies than transitions are certainly repeats.
  const surplus = everything.flatMap(({ reason, watch }) => {
    const happened = last.words.filter(
      (word) =>
        word.watch === watch && alike(word.reason, reason) && members.some((member) => member.id === word.alert),
    );
    return saved.filter(({ text }) => groupTells(text, reason, watch)).slice(happened.length);
  });
  return [
    ...repeated.map((reply) => repeatOf(evidence, reply, true)),
    ...[...new Set(surplus)].map((reply) => repeatOf(evidence, reply, false)),
  ];
};

const auditGroup = (evidence: Evidence, id: string, own: readonly Taken[]): Findings => {
  const { taken, left, last } = evidence;
  const members = membersOf(last, id);
  const message = own.at(-1);
  const name = `the group of ${members.map(({ watch }) => watch).join()}`;
  if (message === undefined) return { lost: [`${name} has no message`], repeats: [], strange: [] };
  const lost: string[] = [];
  if (last.groups.get(id) !== message.ts) lost.push(`the store does not know the last message of ${name}`);
  const standing = taken.findLast(({ ts, channel }) => ts === message.ts && channel === message.channel)?.text ?? "";
  if (members.every(({ resolved }) => resolved) !== isOver(standing))
    lost.push(`the message of ${name} still says: ${standing}`);
  const thread = taken.filter(
    ({ kind, threadTs, channel }) => kind === "post" && threadTs === message.ts && channel === message.channel,
  );
  lost.push(...members.flatMap((alert) => lostWords(evidence, alert, message, thread)));
  const posts = own
    .slice(0, -1)
    .map((earlier) => repeatOf(evidence, earlier, left.get(earlier.bot)?.groups.get(id) !== earlier.ts));
  return { lost, repeats: [...posts, ...repeatedReplies(evidence, id, thread)], strange: [] };
};

/** Audits groups of alerts, which one message shows. */
export const auditGroups = (evidence: Evidence, messages: ReadonlyMap<string, readonly Taken[]>): Findings => {
  const { last, left } = evidence;
  // Alerts that had their own message before they joined a group. The store does not know these messages.
  const alone = [...last.alerts.values()]
    .filter(({ group }) => group !== null)
    .flatMap(({ id }) => messages.get(id) ?? [])
    .map((own) =>
      repeatOf(evidence, own, ![...(left.get(own.bot)?.alerts.values() ?? [])].some(({ ts }) => ts === own.ts)),
    );
  const groups = [...last.groups.keys()].map((id) => auditGroup(evidence, id, messages.get(id) ?? []));
  return merged([...groups, { lost: [], repeats: alone, strange: [] }]);
};
