import type { Kysely } from "kysely";
import { DECODED, readInBatches } from "../../tables/batches.ts";
import { type NewMessage, type OldNote, OldNoteBody, parseOld, type StepTables } from "./old-rows.ts";

/**
 * Turns waiting notes into messages. Posted notes about alerts become messages too, and follow their alerts from now
 * on.
 */
export async function moveNotes(db: Kysely<StepTables>): Promise<void> {
  const notes = readInBatches<OldNote>(DECODED, async (last, size) => {
    const next = db.selectFrom("notes").selectAll().orderBy("id").limit(size);
    return (last === undefined ? next : next.where("id", ">", last.id)).execute();
  });
  const over: OldNote[] = [];
  for await (const piece of notes)
    for (const note of piece) {
      const body = parseOld(OldNoteBody, note.body);
      if (body === undefined) await moveSpoiled(db, note);
      else if (body.kind === "escalation_over") {
        if (note.ts === null) over.push(note);
      } else if (body.kind === "escalation") await moveList(db, note, "escalation", [body.alert.id], null);
      else if (body.kind === "refused_channel") {
        const told = JSON.stringify({ kind: "fallback", channel: body.channel, error: body.error });
        await moveList(
          db,
          note,
          "fallback",
          [body.alert, ...body.others].map(({ id }) => id),
          told,
        );
      } else {
        const kind = KINDS[body.kind];
        await moveReport(db, note, kind, JSON.stringify({ ...body, kind }));
      }
    }
  for (const note of over) await moveEnd(db, note);
}

/** The new names of the kinds of notes. `escalation_over` becomes a word. */
const KINDS = { escalation: "escalation", refused_channel: "fallback", comeback: "absence", digest: "digest" } as const;

/** Moves a waiting note without alerts. Posted ones never change, so they are dropped. */
async function moveReport(db: Kysely<StepTables>, note: OldNote, kind: string, body: string): Promise<void> {
  if (note.ts !== null) return;
  await db
    .insertInto("messages")
    .values(messageOf(note, note.id, kind, body))
    .execute();
  await db
    .insertInto("owed")
    .values(joinedOf(note, note.id, null, 0))
    .execute();
}

/** Moved unchanged: the first claim finds it unreadable, sets it aside and reports it. */
async function moveSpoiled(db: Kysely<StepTables>, note: OldNote): Promise<void> {
  const kind = Object.entries(KINDS).find(([old]) => old === note.kind)?.[1];
  if (kind !== undefined) await moveReport(db, note, kind, note.body);
}

/** Notes of one kind for one place shared a Slack message. */
async function moveList(
  db: Kysely<StepTables>,
  note: OldNote,
  kind: "escalation" | "fallback",
  ids: readonly string[],
  body: string | null,
): Promise<void> {
  const alerts = await db
    .selectFrom("alerts")
    .select(["id", "revision", "resolved_at"])
    .where("id", "in", ids)
    .execute();
  if (alerts.length === 0) return;
  const known =
    note.ts === null
      ? undefined
      : await db
          .selectFrom("messages")
          .select("id")
          .where("kind", "=", kind)
          .where("channel", "=", note.channel)
          .where("ts", "=", note.ts)
          .executeTakeFirst();
  if (known === undefined)
    await db
      .insertInto("messages")
      .values(messageOf(note, note.id, kind, body))
      .execute();
  const id = known?.id ?? note.id;
  for (const alert of alerts) {
    await db
      .insertInto("mentions")
      .values({ message_id: id, alert_id: alert.id })
      .onConflict((conflict) => conflict.columns(["message_id", "alert_id"]).doNothing())
      .execute();
    // Slack shows an older state with buttons of the old format.
    const isOpen = alert.resolved_at === null;
    const what = note.ts === null ? "joined" : "content";
    if (note.ts !== null && !isOpen) continue;
    await db
      .insertInto("owed")
      .values({
        ...joinedOf(note, id, alert.id, alert.revision),
        id: `${id}/${alert.id}/${alert.revision}/${what}`,
        what,
      })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .execute();
  }
}

/** Moves the answer or end of an escalated alert into the thread of the posted escalation. */
async function moveEnd(db: Kysely<StepTables>, note: OldNote): Promise<void> {
  const body = parseOld(OldNoteBody, note.body);
  if (body?.kind !== "escalation_over") return;
  const { id, revision, resolution, acknowledged, snoozed } = body.alert;
  const by = typeof resolution === "string" ? null : (acknowledged?.by ?? snoozed?.by ?? null);
  const reason = resolution ?? (acknowledged ? "acknowledged" : snoozed ? "snoozed" : null);
  if (reason === null) return;
  const posted = await db
    .selectFrom("messages")
    .innerJoin("mentions", "mentions.message_id", "messages.id")
    .select("messages.id")
    .where("messages.kind", "=", "escalation")
    .where("messages.ts", "is not", null)
    .where("mentions.alert_id", "=", id)
    .execute();
  for (const { id: message } of posted)
    await db
      .insertInto("owed")
      .values({
        ...joinedOf(note, message, id, revision),
        id: `${message}/${id}/${revision}/${reason}`,
        what: reason,
        word: JSON.stringify({ reason, at: note.at, notice: false, verdict: null, by }),
      })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .execute();
}

function messageOf(note: OldNote, id: string, kind: string, body: string | null): NewMessage {
  const { routes, route, at, channel, ts, failures, retry_at, last_error } = note;
  return {
    id,
    kind,
    subject: null,
    routes,
    route,
    body,
    created_at: at,
    channel: ts === null ? null : channel,
    ts,
    posted_at: ts === null ? null : at,
    spoke_at: ts === null ? null : at,
    failures,
    retry_at,
    last_error,
  };
}

function joinedOf(note: OldNote, message: string, alert: string | null, revision: number) {
  return {
    id: alert === null ? `${message}/joined` : `${message}/${alert}/${revision}/joined`,
    message_id: message,
    alert_id: alert,
    revision,
    what: "joined",
    priority: note.priority,
    at: note.at,
    notice: 0,
    word: null,
    told_elsewhere: 0,
  };
}
