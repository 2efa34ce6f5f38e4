import { dueElsewhere, fallbackNotes } from "./fallback.ts";
import { groupReply, isUntold, partMembers } from "./group-reply.ts";
import type { GroupMember } from "./group.ts";
import type { GroupClaim, MessageRef } from "./outbox.ts";
import type { Obstacle, Send } from "./pace.ts";
import { describeDeliveryFailure } from "./pause.ts";
import type { Work, WorkDeps } from "./work.ts";

/** The message does not show an alert as it stands. */
const isBehind = ({ alert, deliveredRevision }: GroupMember): boolean => deliveredRevision < alert.revision;

const owesReplies = ({ alert, repliedRevision }: GroupMember): boolean =>
  alert.replies.some(({ revision }) => revision > repliedRevision);

/** Brings a group's message and thread up to date; a message that somebody deleted is posted anew. */
const tellGroup = async (deps: WorkDeps, claim: GroupClaim, send: Send): Promise<Obstacle | undefined> => {
  const { store, notifier, now, repeatCriticalMs, onDone } = deps;
  const { group, ref } = claim;
  const { staying, leaving } = partMembers(claim);
  const alerts = staying.map(({ alert }) => alert);
  const told = { leaving: leaving.map(({ alert }) => alert.id) };

  const post = async (): Promise<Obstacle | undefined> => {
    if (alerts.length === 0) return undefined;
    const posted = await send(() => notifier.postGroup(group, alerts));
    if (!posted.ok) return posted.failure;
    await store.saveGroupDelivery(claim, { ...told, kind: "post", ref: posted.ref, at: now() });
    onDone("posts");
    return undefined;
  };
  const edit = async (known: MessageRef): Promise<Obstacle | undefined> => {
    const shownNoMore = leaving.some(({ deliveredRevision }) => deliveredRevision > 0);
    if (!staying.some(isBehind) && !shownNoMore) return undefined;
    const shown = alerts.length === 0 ? { ...group, leftAt: now() } : group;
    const edited = await send(() => notifier.updateGroup(shown, alerts, known));
    if (!edited.ok) return edited.failure;
    await store.saveGroupDelivery(claim, { ...told, kind: "edit", ref: edited.ref, at: now() });
    onDone("edits");
    return undefined;
  };
  const reply = async (known: MessageRef): Promise<Obstacle | undefined> => {
    const said = groupReply(claim, now(), repeatCriticalMs);
    if (said === undefined) {
      // A reminder that the group has just made for others is not owed any more.
      if (staying.some(owesReplies))
        await store.saveGroupDelivery(claim, { ...told, kind: "reply", at: now(), notice: false });
      return undefined;
    }
    const replied = await send(() => notifier.replyGroup(group, said, known));
    if (!replied.ok) return replied.failure;
    await store.saveGroupDelivery(claim, { ...told, kind: "reply", at: now(), notice: said.notice });
    onDone("replies");
    return undefined;
  };

  // Whoever leaves is let go first: nobody but them may be in a hurry.
  if (ref === null) return leaving.length > 0 ? undefined : post();
  // Once the message shows those who join nothing else says that the thread has not told of them: they are told first.
  const steps = staying.some(isUntold) ? [reply, edit] : [edit, reply];
  for (const step of steps) {
    const obstacle = await step(ref);
    if (obstacle?.kind === "message_gone") return post();
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
};

/** Those for whom the configuration names another channel by now, if there is something to say of them. */
const movedOf = ({ group, members }: GroupClaim): readonly GroupMember[] =>
  members.filter(
    (member) =>
      member.alert.card.channel !== group.channel &&
      (member.alert.resolvedAt === null || isBehind(member) || owesReplies(member)),
  );

/** A group in hand. */
export const groupWork = (deps: WorkDeps, claim: GroupClaim): Work => {
  const { store, fallbackChannel, newId, now } = deps;
  const { group, members, failures } = claim;
  const channel = claim.ref?.channel ?? group.channel;
  return {
    kind: "group",
    channel,
    id: group.id,
    version: members.map(({ alert }) => `${alert.id} ${alert.revision}`).join(),
    about: { group: group.id, cause: group.cause },
    failures,
    deliver: async (send) => {
      const obstacle = await tellGroup(deps, claim, send);
      if (obstacle !== undefined) return obstacle;
      const { staying, leaving } = partMembers(claim);
      await store.releaseGroup(claim, {
        leave: leaving.map(({ alert }) => alert.id),
        resolved: staying.every(({ alert }) => alert.resolvedAt !== null),
      });
      return undefined;
    },
    release: () => store.releaseGroup(claim, { leave: [], resolved: false }),
    fail: (failure, retryAt) => {
      const moved = failure.kind === "refused" ? movedOf(claim) : [];
      if (moved.length > 0)
        return store.releaseGroup(claim, { leave: moved.map(({ alert }) => alert.id), resolved: true });
      const error = describeDeliveryFailure(failure);
      const alerts = members.map(({ alert }) => alert);
      const refusal = { channel, error, fallbackChannel, newId, now: now() };
      const notes = fallbackNotes(dueElsewhere(claim, failure), alerts, refusal);
      return store.saveGroupFailure(claim, { error, retryAt, notes });
    },
  };
};
