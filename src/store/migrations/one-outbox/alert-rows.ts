import { type Kysely, sql } from "kysely";
import { DECODED, readInBatches } from "../../tables/batches.ts";
import {
  type NewMessage,
  type NewOwed,
  type OldAlert,
  OldBody,
  type OldGroup,
  OldReplies,
  type OldReply,
  parseOld,
  type StepTables,
} from "./old-rows.ts";

/** Gives each alert its message, and adds an owed row for each change that Slack does not show yet. */
export async function moveAlerts(db: Kysely<StepTables>): Promise<void> {
  const groups = new Map((await db.selectFrom("groups").selectAll().execute()).map((row) => [row.id, row]));
  for (const group of groups.values()) await db.insertInto("messages").values(groupMessage(group)).execute();
  const alerts = readInBatches<OldAlert>(DECODED, async (last, size) => {
    const next = db.selectFrom("alerts").selectAll().orderBy("id").limit(size);
    return (last === undefined ? next : next.where("id", ">", last.id)).execute();
  });
  for await (const piece of alerts) {
    const moves = piece.map((row) => moveOf(row, groups.get(row.group_id ?? "")));
    const messages = moves.flatMap(({ message }) => message ?? []);
    if (messages.length > 0) await db.insertInto("messages").values(messages).execute();
    const rows = moves.flatMap((move) => move.owed);
    for (let start = 0; start < rows.length; start += BOUND)
      await db
        .insertInto("owed")
        .values(rows.slice(start, start + BOUND))
        .onConflict((conflict) => conflict.column("id").doNothing())
        .execute();
    for (const { row, home, cause, accepted } of moves)
      await db
        .updateTable("alerts")
        .set({ message_id: home, cause, accepted_at: accepted || isToldElsewhere(row) ? row.opened_at : null })
        .where("id", "=", row.id)
        .execute();
  }
  for (const group of groups.values()) await renewButtons(db, group);
}

/** A posted group shows buttons of the old format, so it is edited once. */
async function renewButtons(db: Kysely<StepTables>, group: OldGroup): Promise<void> {
  if (group.ts === null) return;
  const open = await db
    .selectFrom("alerts")
    .select(["id", "revision", "severity"])
    .where("message_id", "=", group.id)
    .where("resolved_at", "is", null)
    .orderBy(sql`case severity when 'critical' then 0 else 1 end`)
    .orderBy("id")
    .executeTakeFirst();
  if (open === undefined) return;
  const { id, revision, severity } = open;
  await db
    .insertInto("owed")
    .values({
      id: `${group.id}/${id}/${revision}/content`,
      message_id: group.id,
      alert_id: id,
      revision,
      what: "content",
      // Quiet hours must let the edit of a critical group through, because its old buttons no longer work.
      priority: severity === "critical" ? 1 : 2,
      at: group.opened_at,
      notice: 0,
      word: null,
      told_elsewhere: 0,
    })
    .execute();
}

/** Rows per insert: SQLite binds at most 32,766 values. */
const BOUND = 500;

interface Move {
  readonly row: OldAlert;
  readonly home: string | null;
  readonly cause: string | null;
  readonly accepted: boolean;
  readonly message?: NewMessage;
  readonly owed: readonly NewOwed[];
}

function groupMessage(group: OldGroup): NewMessage {
  return {
    ...deliveryOf(group),
    id: group.id,
    kind: "group",
    subject: group.cause,
    routes: JSON.stringify([group.card_channel]),
    route: group.card_channel,
    body: null,
    created_at: group.opened_at,
    posted_at: group.ts === null ? null : group.opened_at,
    spoke_at: group.spoke_at,
  };
}

function deliveryOf({ channel, ts, failures, retry_at, last_error }: OldAlert | OldGroup) {
  return { channel: ts === null ? null : channel, ts, failures, retry_at, last_error };
}

function moveOf(row: OldAlert, group: OldGroup | undefined): Move {
  if (group !== undefined) return stays(row, group) ? memberOf(row, group) : leaverOf(row, group);
  if (row.ts !== null) return ownMessage(row);
  // A row that is resolved, was never posted and has no replies was changed by hand. It needs no message.
  const isOver = row.resolved_at !== null && !isBehind(row) && row.replies === "[]";
  return { row, home: null, cause: row.cause, accepted: false, owed: isOver ? [] : unplaced(row) };
}

/** An alert with a posted message of its own. */
function ownMessage(row: OldAlert): Move {
  const route = row.card_channel === "" ? (row.channel ?? "") : row.card_channel;
  const message = {
    ...deliveryOf(row),
    id: row.id,
    kind: "alert",
    subject: row.id,
    routes: JSON.stringify([route]),
    route,
    body: null,
    created_at: row.opened_at,
    posted_at: row.opened_at,
    spoke_at: row.opened_at,
  };
  const content = isBehind(row) ? [owed(row, row.id, "content")] : [];
  return { row, home: row.id, cause: row.cause, accepted: true, message, owed: [...content, ...words(row, row.id)] };
}

/** An alert in a group with its cause. */
function memberOf(row: OldAlert, group: OldGroup): Move {
  const posted = group.ts !== null;
  const isNew = row.replied_revision === 0 && (!posted || row.resolved_at === null);
  return {
    row,
    home: group.id,
    cause: group.cause,
    accepted: posted && !isNew,
    owed: [
      ...(posted && isBehind(row) ? [owed(row, group.id, "content")] : []),
      ...(isNew ? [newcomer(row, group.id)] : []),
      ...words(row, group.id),
    ],
  };
}

/** An alert in a group of another cause. It gets its own message, and the group announces that it left. */
function leaverOf(row: OldAlert, group: OldGroup): Move {
  const told = row.replied_revision > 0;
  return {
    row,
    home: null,
    cause: row.cause,
    accepted: group.ts !== null && told,
    owed: [
      ...(group.ts !== null && row.delivered_revision > 0 ? [owed(row, group.id, "content")] : []),
      ...(group.ts !== null && told ? [owed(row, group.id, "left")] : []),
      // Its new message also carries all its replies.
      { ...newcomer(row, null), ...(hasUntold(row) && { told_elsewhere: 0 }) },
    ],
  };
}

const DEAD = ["expired", "revoked", "invalid"];

function stays(row: OldAlert, { cause }: OldGroup): boolean {
  if (row.resolved_at !== null || row.cause === cause) return true;
  const body = parseOld(OldBody, row.body);
  const isDead = body?.kind === "problem" && DEAD.includes(body.verdict?.state ?? "");
  return isDead && (cause.startsWith("dead") || cause.startsWith("ends "));
}

function isBehind({ delivered_revision, revision }: OldAlert): boolean {
  return delivered_revision < revision;
}

function unplaced(row: OldAlert): readonly NewOwed[] {
  return [newcomer(row, null), ...words(row, null)];
}

/** The alert is not shown in its home yet. A fallback message that already announced it counts. */
function newcomer(row: OldAlert, message: string | null): NewOwed {
  return { ...owed(row, message, "joined"), told_elsewhere: isToldElsewhere(row) ? 1 : 0 };
}

/** True when a fallback message announced the alert, because the alert's own channel refused it twice. */
function isToldElsewhere({ fallback_revision }: OldAlert): boolean {
  return fallback_revision > 0;
}

const ENDS = ["recovered", "rotated", "unwatched"];

/** True when a reply with a notice, or the end of the alert, is missing in every fallback message. */
function hasUntold(row: OldAlert): boolean {
  return repliesOf(row).some(
    ({ revision, notice, reason }) => revision > row.fallback_revision && (notice || ENDS.includes(reason)),
  );
}

/** People's answers first, then critical alerts, then the others. */
function priorityOf({ severity }: OldAlert, reply?: OldReply): number {
  if (typeof reply?.by === "string") return 0;
  return severity === "critical" ? 1 : 2;
}

function owed(row: OldAlert, message: string | null, what: "content" | "joined" | "left"): NewOwed {
  const answered = what === "content" ? repliesOf(row).find(({ by }) => typeof by === "string") : undefined;
  return {
    id: `${row.id}/${row.revision}/${what}`,
    message_id: message,
    alert_id: row.id,
    revision: row.revision,
    what,
    priority: priorityOf(row, answered),
    at: row.opened_at,
    notice: 0,
    word: null,
    told_elsewhere: 0,
  };
}

/** Replies that are not in the thread yet. A damaged list counts as empty; reading its alert reports it. */
function repliesOf({ replies, replied_revision }: OldAlert): readonly OldReply[] {
  return (parseOld(OldReplies, replies) ?? []).filter(({ revision }) => revision > replied_revision);
}

function words(row: OldAlert, message: string | null): readonly NewOwed[] {
  return repliesOf(row).map((reply) => {
    const { revision, ...word } = reply;
    return {
      id: `${row.id}/${revision}/${reply.reason}`,
      message_id: message,
      alert_id: row.id,
      revision,
      what: reply.reason,
      priority: priorityOf(row, reply),
      at: reply.at,
      notice: reply.notice ? 1 : 0,
      word: JSON.stringify({ by: null, ...word }),
      told_elsewhere: revision <= row.fallback_revision ? 1 : 0,
    };
  });
}
