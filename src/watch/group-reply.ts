import { MINUTE_MS } from "../token/duration.ts";
import type { Alert } from "./alert.ts";
import { keepsCause } from "./cause.ts";
import type { Group, GroupMember } from "./group.ts";
import { isHushed } from "./hushed.ts";
import type { GroupClaim, GroupReply } from "./outbox.ts";

/** New alerts of a group are shown in the channel at most this often; between, a plain reply mentions their owners. */
const NEWS_EVERY_MS = 15 * MINUTE_MS;

const isOpen = ({ resolvedAt }: Alert): boolean => resolvedAt === null;

/** True when neither a post nor the thread has told of it. */
export const isUntold = ({ repliedRevision }: GroupMember): boolean => repliedRevision === 0;

/** Those who stay and those who leave: an open alert whose cause is another one now gets a message of its own. */
export const partMembers = ({
  group,
  members,
}: Pick<GroupClaim, "group" | "members">): {
  readonly staying: readonly GroupMember[];
  readonly leaving: readonly GroupMember[];
} => {
  const leaves = ({ alert }: GroupMember): boolean => isOpen(alert) && !keepsCause(alert, group.cause);
  return { staying: members.filter((member) => !leaves(member)), leaving: members.filter(leaves) };
};

/** Milliseconds since people were last told; for ever when never, or when the clock was set back since. */
const silenceOf = ({ spokeAt }: Group, now: Date): number =>
  spokeAt === null || spokeAt > now ? Infinity : now.getTime() - spokeAt.getTime();

type Owed = GroupReply["replies"];

/** A reminder of one is of all that nobody answered: the others' would come a little later and say the same. */
const remindedOf = (replies: Owed, staying: readonly GroupMember[], now: Date): Owed => {
  const reminders = replies.filter(({ reply }) => reply.reason === "reminder");
  const [first] = reminders;
  if (first === undefined) return replies;
  const named = new Set(reminders.map(({ alert }) => alert.id));
  const others = staying.filter(
    (member) =>
      !isUntold(member) && isOpen(member.alert) && member.alert.severity === "critical" && !isHushed(member.alert, now),
  );
  return [
    ...replies,
    ...others.flatMap(({ alert }) =>
      named.has(alert.id) ? [] : [{ alert, reply: { ...first.reply, verdict: alert.verdict } }],
    ),
  ];
};

/**
 * What a posted group's thread is told at once; undefined when there is nothing to say. Reminders are left out while
 * people were told less than half a repeat interval ago.
 */
export const groupReply = (
  claim: Pick<GroupClaim, "group" | "members">,
  now: Date,
  repeatCriticalMs: number,
): GroupReply | undefined => {
  const { staying, leaving } = partMembers(claim);
  const silence = silenceOf(claim.group, now);
  const joined = staying.filter((member) => isUntold(member) && isOpen(member.alert)).map(({ alert }) => alert);
  const left = leaving.filter((member) => !isUntold(member)).map(({ alert }) => alert);
  const owed = staying
    // Of one that joins all is news; its replies say nothing more.
    .filter((member) => !isUntold(member) || !isOpen(member.alert))
    .flatMap(({ alert, repliedRevision }) =>
      alert.replies.filter(({ revision }) => revision > repliedRevision).map((reply) => ({ alert, reply })),
    )
    .filter(({ reply }) => reply.reason !== "reminder" || silence >= repeatCriticalMs / 2)
    .toSorted((a, b) => a.reply.at.getTime() - b.reply.at.getTime());
  const replies = remindedOf(owed, staying, now);
  if (replies.length + joined.length + left.length === 0) return undefined;
  const news = joined.some(({ severity }) => severity === "critical") && silence >= NEWS_EVERY_MS;
  // Those that came back together reach their time one after the other: the first is shown for all.
  const noticed = replies.some(({ reply }) => reply.notice && (reply.reason !== "lasts" || silence >= NEWS_EVERY_MS));
  return { replies, joined, left, notice: news || noticed };
};
