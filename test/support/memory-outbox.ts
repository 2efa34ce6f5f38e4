import { DAY_MS } from "../../src/token/duration.ts";
import type { Alert } from "../../src/watch/alert.ts";
import { causeOf } from "../../src/watch/cause.ts";
import type { Group, GroupCandidate } from "../../src/watch/group.ts";
import type { Note } from "../../src/watch/note.ts";
import type { ClaimOptions, MessageRef, OutboxStore, Undelivered } from "../../src/watch/outbox.ts";

interface Delivery {
  ref: MessageRef | null;
  failures: number;
  error: string | null;
  retryAt: Date | null;
  lease: string | null;
  leaseUntil: number;
}

interface AlertRow extends Delivery {
  alert: Alert;
  deliveredRevision: number;
  repliedRevision: number;
  fallbackRevision: number;
  group: string | null;
}

interface GroupRow extends Delivery {
  group: Group;
  resolved: boolean;
}

interface NoteRow extends Delivery {
  note: Note;
}

export interface MemoryOutbox extends OutboxStore {
  readonly alerts: Map<string, AlertRow>;
  readonly groups: Map<string, GroupRow>;
  readonly notes: Map<string, NoteRow>;
  /** Puts an alert into the outbox. */
  owe(alert: Alert, fields?: Partial<AlertRow>): void;
  /** Puts notes into it. */
  oweNotes(notes: readonly Note[]): void;
}

const nothing = (): Delivery => ({ ref: null, failures: 0, error: null, retryAt: null, lease: null, leaseUntil: 0 });
const FREE = { lease: null, leaseUntil: 0 } as const;
const DONE = { failures: 0, error: null, retryAt: null } as const;

const isOwed = ({ alert, deliveredRevision, repliedRevision }: AlertRow): boolean =>
  deliveredRevision < alert.revision || alert.replies.some(({ revision }) => revision > repliedRevision);

const priorityOf = ({ alert, repliedRevision }: AlertRow): number => {
  if (alert.replies.some(({ by, revision }) => by !== null && revision > repliedRevision)) return 0;
  return alert.severity === "critical" ? 1 : 2;
};

/** Critical, or answered by a person where Slack shows it. */
const isUrgent = (row: AlertRow): boolean =>
  row.alert.severity === "critical" || (row.ref !== null && priorityOf(row) === 0);

const channelOf = ({ ref, alert }: AlertRow): string => ref?.channel ?? alert.card.channel;

/** The rules of the outbox on rows in memory, for tests of deliveries alone. */
export const createMemoryOutbox = (): MemoryOutbox => {
  let leases = 0;
  const alerts = new Map<string, AlertRow>();
  const groups = new Map<string, GroupRow>();
  const notes = new Map<string, NoteRow>();
  const slots = new Map<string, { next: number; delayed: number }>();

  const membersOf = (id: string): readonly AlertRow[] => [...alerts.values()].filter(({ group }) => group === id);
  const isUntold = (row: AlertRow): boolean =>
    isOwed(row) || (row.repliedRevision === 0 && row.alert.resolvedAt === null);
  const isGroupOwed = ({ group, ref }: GroupRow): boolean =>
    membersOf(group.id).some((row) => (ref === null ? isOwed(row) : isUntold(row)));
  const groupPriority = ({ group }: GroupRow): number =>
    Math.min(2, ...membersOf(group.id).filter(isUntold).map(priorityOf));

  const isGroupUrgent = (row: GroupRow): boolean =>
    membersOf(row.group.id)
      .filter(isUntold)
      .some((member) => member.alert.severity === "critical" || (row.ref !== null && priorityOf(member) === 0));

  /** An open group shows its cause in its channel: it joins that one. */
  const isToJoin = ({ alert, ref }: AlertRow): boolean => {
    const cause = causeOf(alert);
    if (ref !== null || alert.resolvedAt !== null || cause === null) return false;
    return [...alerts.values()].some((other) => {
      const joined = other.group === null ? undefined : groups.get(other.group);
      const alike = causeOf(other.alert) === cause && other.alert.card.channel === alert.card.channel;
      return alike && other.alert.resolvedAt === null && joined?.resolved === false && joined.group.cause === cause;
    });
  };

  /** Takes the first of these that are free and may be tried. */
  const take = <R extends Delivery>(
    rows: readonly R[],
    { now, leaseMs, limit, urgentOnly, except }: ClaimOptions,
    about: (row: R) => {
      readonly priority: number;
      readonly urgent: boolean;
      readonly channel: string;
      readonly at: Date;
    },
  ): readonly (R & { lease: string })[] =>
    rows
      .filter((row) => row.leaseUntil <= now.getTime() || row.leaseUntil > now.getTime() + 2 * leaseMs)
      .filter(({ retryAt }) => retryAt === null || retryAt <= now || retryAt.getTime() > now.getTime() + DAY_MS)
      .filter((row) => !except.includes(about(row).channel) && (!urgentOnly || about(row).urgent))
      .toSorted((a, b) => about(a).priority - about(b).priority || about(a).at.getTime() - about(b).at.getTime())
      .slice(0, limit)
      .map((row) => Object.assign(row, { lease: `lease-${++leases}`, leaseUntil: now.getTime() + leaseMs }));

  const held = <R extends Delivery>(row: R | undefined, lease: string): R | undefined =>
    row?.lease === lease ? row : undefined;
  const endIfOver = (row: GroupRow): void => {
    row.resolved ||= membersOf(row.group.id).every(({ alert }) => alert.resolvedAt !== null);
  };
  const fail = (row: Delivery, { error, retryAt }: { readonly error: string; readonly retryAt: Date }): void => {
    Object.assign(row, { failures: row.failures + 1, error, retryAt, ...FREE });
  };
  const oweNotes: MemoryOutbox["oweNotes"] = (added) => {
    for (const note of added) notes.set(note.id, { ...nothing(), note });
  };

  return {
    alerts,
    groups,
    notes,
    oweNotes,
    owe(alert, fields) {
      const none = { deliveredRevision: 0, repliedRevision: 0, fallbackRevision: 0, group: null };
      alerts.set(alert.id, { ...nothing(), ...none, ...alerts.get(alert.id), ...fields, alert });
    },

    async claimUndelivered(options) {
      const owed = [...alerts.values()].filter((row) => row.group === null && isOwed(row) && !isToJoin(row));
      const about = (row: AlertRow) => ({
        priority: priorityOf(row),
        urgent: isUrgent(row),
        channel: channelOf(row),
        at: row.alert.openedAt,
      });
      return take(owed, options, about).map(
        ({ alert, ref, deliveredRevision, repliedRevision, failures, fallbackRevision, lease }) => {
          return { alert, ref, deliveredRevision, repliedRevision, failures, fallbackRevision, lease };
        },
      );
    },
    async saveDelivery(claim, done) {
      const row = held(alerts.get(claim.alert.id), claim.lease);
      if (row === undefined) return;
      Object.assign(row, DONE);
      if (done.kind !== "edit") row.repliedRevision = done.revision;
      if (done.kind !== "reply") Object.assign(row, { ref: done.ref, deliveredRevision: done.revision });
    },
    async releaseDelivery(claim) {
      Object.assign(held(alerts.get(claim.alert.id), claim.lease) ?? {}, FREE);
    },
    async giveUpMessage(claim) {
      const row = held(alerts.get(claim.alert.id), claim.lease);
      if (row !== undefined) Object.assign(row, { ...DONE, ...FREE, ref: null, deliveredRevision: 0 });
    },
    async saveDeliveryFailure(claim, failure) {
      const row = held(alerts.get(claim.alert.id), claim.lease);
      if (row === undefined) return;
      fail(row, failure);
      if (failure.notes === undefined || failure.notes.length === 0) return;
      oweNotes(failure.notes);
      row.fallbackRevision = claim.alert.revision;
    },

    async groupAlerts(plan, now) {
      const open = [...alerts.values()].filter(({ alert }) => alert.resolvedAt === null);
      const isLoose = (row: AlertRow): boolean =>
        row.ref === null && row.group === null && row.leaseUntil <= now.getTime();
      const candidates = open.flatMap((row): readonly GroupCandidate[] => {
        const cause = causeOf(row.alert);
        if (cause === null) return [];
        const group = row.group === null ? undefined : groups.get(row.group);
        const joined = group?.resolved === false && group.group.cause === cause ? group.group.id : null;
        const settled = !isLoose(row);
        return [{ id: row.alert.id, cause, channel: row.alert.card.channel, settled, group: joined }];
      });
      const keyOf = ({ cause, channel }: GroupCandidate): string => `${cause} ${channel}`;
      const wanted = new Set(candidates.filter(({ settled }) => !settled).map(keyOf));
      let joined = 0;
      for (const { group: id, cause, channel, alerts: ids } of plan(
        candidates.filter((one) => wanted.has(keyOf(one))),
      )) {
        const group = { id, cause, channel, openedAt: now, spokeAt: null };
        if (!groups.has(id)) groups.set(id, { ...nothing(), group, resolved: false });
        for (const row of ids.flatMap((one) => alerts.get(one) ?? []).filter(isLoose)) {
          Object.assign(row, { ...DONE, group: id, deliveredRevision: 0, repliedRevision: 0 });
          joined++;
        }
      }
      return joined;
    },
    async claimGroups(options) {
      const about = (row: GroupRow) => ({
        priority: groupPriority(row),
        urgent: isGroupUrgent(row),
        channel: row.ref?.channel ?? row.group.channel,
        at: row.group.openedAt,
      });
      return take([...groups.values()].filter(isGroupOwed), options, about).map((row) => {
        const { group, ref, failures, lease } = row;
        const members = membersOf(group.id).map(({ alert, deliveredRevision, repliedRevision, fallbackRevision }) => {
          return { alert, deliveredRevision, repliedRevision, fallbackRevision };
        });
        return { group, members, ref, failures, lease };
      });
    },
    async saveGroupDelivery(claim, done) {
      const row = held(groups.get(claim.group.id), claim.lease);
      if (row === undefined) return;
      Object.assign(row, DONE);
      if (done.kind !== "reply") row.ref = done.ref;
      if (done.kind === "post" || (done.kind === "reply" && done.notice))
        row.group = { ...row.group, spokeAt: done.at };
      const leaving = new Set(done.leaving);
      for (const { alert } of claim.members) {
        const member = alerts.get(alert.id);
        if (member?.group !== claim.group.id) continue;
        const revision = leaving.has(alert.id) ? 0 : alert.revision;
        if (done.kind !== "reply") member.deliveredRevision = revision;
        if (done.kind !== "edit") member.repliedRevision = revision;
        const { resolvedAt } = member.alert;
        const told = member.deliveredRevision + member.repliedRevision;
        if (revision === 0 && told === 0 && resolvedAt === null && causeOf(member.alert) !== claim.group.cause)
          Object.assign(member, { ...DONE, group: null });
      }
      endIfOver(row);
    },
    async releaseGroup(claim, { leave, resolved }) {
      const row = held(groups.get(claim.group.id), claim.lease);
      if (row === undefined) return;
      Object.assign(row, FREE);
      for (const member of membersOf(claim.group.id).filter(({ alert }) => leave.includes(alert.id)))
        Object.assign(member, { ...DONE, group: null, deliveredRevision: 0 });
      if (resolved) endIfOver(row);
    },
    async saveGroupFailure(claim, failure) {
      const row = held(groups.get(claim.group.id), claim.lease);
      if (row === undefined) return;
      fail(row, failure);
      if (failure.notes === undefined || failure.notes.length === 0) return;
      oweNotes(failure.notes);
      for (const { alert } of claim.members) {
        const member = alerts.get(alert.id);
        if (member !== undefined) member.fallbackRevision = alert.revision;
      }
    },

    async claimNotes(options) {
      const owed = [...notes.values()].filter(({ ref }) => ref === null);
      const about = ({ note }: NoteRow) => ({
        priority: note.severity === "critical" ? 1 : 2,
        urgent: note.severity === "critical",
        channel: note.routes[0] ?? "",
        at: note.at,
      });
      return take(owed, options, about).map(({ note, failures, lease }) => ({ note, failures, lease }));
    },
    async saveNote(claims, ref) {
      for (const { note } of claims) Object.assign(notes.get(note.id) ?? {}, { ...DONE, ref });
    },
    async saveNoteFailure(claims, { routes, ...failure }) {
      for (const claim of claims) {
        const row = held(notes.get(claim.note.id), claim.lease);
        if (row === undefined) continue;
        fail(row, failure);
        row.note = { ...row.note, routes };
      }
    },
    async releaseNotes(claims) {
      for (const claim of claims) Object.assign(held(notes.get(claim.note.id), claim.lease) ?? {}, FREE);
    },

    async reserveSlot(channel, now, paceMs) {
      const { next, delayed } = slots.get(channel) ?? { next: 0, delayed: 0 };
      const at = Math.max(now.getTime(), next, delayed);
      slots.set(channel, { next: at + paceMs, delayed });
      return new Date(at);
    },
    async delayChannel(channel, until) {
      slots.set(channel, { next: slots.get(channel)?.next ?? 0, delayed: until.getTime() });
    },
    async listUndelivered() {
      const own = [...alerts.values()].filter((row) => row.group === null && isOwed(row));
      const shared = [...groups.values()].filter(isGroupOwed);
      return [
        ...own.map((row): Undelivered => {
          const { error, alert } = row;
          return { watch: alert.card.name, note: null, channel: channelOf(row), error, urgent: isUrgent(row) };
        }),
        ...shared.map((row): Undelivered => {
          const { error, group, ref } = row;
          const channel = ref?.channel ?? group.channel;
          return { watch: null, note: null, channel, error, urgent: isGroupUrgent(row) };
        }),
        ...[...notes.values()]
          .filter(({ ref }) => ref === null)
          .map(({ note, error }): Undelivered => {
            const { body, routes, severity } = note;
            const watch = "alert" in body ? body.alert.card.name : null;
            return { watch, note: body.kind, channel: routes[0] ?? "", error, urgent: severity === "critical" };
          }),
      ];
    },
  };
};
