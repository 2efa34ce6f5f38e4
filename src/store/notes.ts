import type { Kysely } from "kysely";
import type { Note } from "../watch/note.ts";
import type { NoteClaim, OutboxStore } from "../watch/outbox.ts";
import { failing, GIVEN_BACK, isFree, mayBeTried, SUCCEEDED, taking } from "./claiming.ts";
import { readJson, toColumn, writeJson } from "./columns.ts";
import { TextList } from "./json.ts";
import { NoteBodyJson } from "./note-json.ts";
import { BOUND, DECODED, inPieces } from "./pieces.ts";
import type { NotesTable, Schema } from "./schema.ts";
import type { StoreBase } from "./store-base.ts";
import { asideUntil, takeReadable } from "./unreadable.ts";

const CRITICAL = 1;

type RouteColumns = Pick<NotesTable, "routes" | "route">;

const routesToColumns = (routes: readonly string[]): RouteColumns => ({
  routes: writeJson(TextList, routes),
  route: routes[0] ?? "",
});

const watchOf = (body: Note["body"]): string | null => ("alert" in body ? body.alert.card.name : null);

const noteToRow = ({ id, at, severity, routes, body }: Note) => ({
  id,
  at: toColumn(at),
  priority: severity === "critical" ? CRITICAL : 2,
  ...routesToColumns(routes),
  kind: body.kind,
  watch: watchOf(body),
  body: writeJson(NoteBodyJson, body),
  failures: 0,
});

const noteFromRow = (row: NotesTable): Note => ({
  id: row.id,
  routes: readJson(TextList, row.routes, `routes of note ${row.id}`),
  severity: row.priority === CRITICAL ? "critical" : "warning",
  at: new Date(row.at),
  body: readJson(NoteBodyJson, row.body, `note ${row.id}`),
});

/** Owes notes, inside the transaction of what occasions them. One that is known already is not owed twice. */
export const addNotes = async (trx: Kysely<Schema>, notes: readonly Note[]): Promise<void> => {
  for await (const piece of inPieces(notes, DECODED))
    await trx
      .insertInto("notes")
      .values(piece.map(noteToRow))
      .onConflict((conflict) => conflict.column("id").doNothing())
      .execute();
};

const idsOf = (claims: readonly NoteClaim[]): readonly string[] => claims.map(({ note }) => note.id);
const leasesOf = (claims: readonly NoteClaim[]): readonly string[] => [...new Set(claims.map(({ lease }) => lease))];

/** The messages that are sent once. */
export const createNotesPart = ({
  db,
  dialect,
  unreadable,
  leaseOwner,
}: StoreBase): Pick<OutboxStore, "claimNotes" | "saveNote" | "saveNoteFailure" | "releaseNotes"> => ({
  claimNotes: async (options) => {
    const { now, urgentOnly, except } = options;
    const taken = taking(options, leaseOwner());
    const take = async (limit: number) =>
      db.transaction().execute(async (trx) => {
        const owed = trx
          .selectFrom("notes")
          .selectAll()
          .where("ts", "is", null)
          .where(isFree(now))
          .where(mayBeTried(now))
          .$if(urgentOnly, (query) => query.where("priority", "<=", CRITICAL))
          .$if(except.length > 0, (query) => query.where("route", "not in", except))
          .orderBy("priority")
          .orderBy("at")
          .orderBy("id")
          .limit(limit);
        const found = await dialect.lockRows(owed, "skip").execute();
        const ids = found.map(({ id }) => id);
        for await (const piece of inPieces(ids, BOUND))
          await trx.updateTable("notes").set(taken).where("id", "in", piece).execute();
        return found;
      });
    const claimOf = async (row: NotesTable): Promise<NoteClaim | undefined> => {
      const { id, failures } = row;
      const note = unreadable.read("notes", id, () => noteFromRow(row));
      if (note !== undefined) return { note, failures, lease: taken.lease };
      const error = unreadable.messageOf("notes", id) ?? "";
      const failed = db.updateTable("notes").set(failing({ error, retryAt: asideUntil(now) }));
      await failed.where("id", "=", id).where("lease", "=", taken.lease).execute();
      return undefined;
    };
    return takeReadable(options.limit, async (limit) => {
      const rows = await take(limit);
      const readable: NoteClaim[] = [];
      for await (const piece of inPieces(rows, DECODED))
        for (const row of piece) {
          const claim = await claimOf(row);
          if (claim !== undefined) readable.push(claim);
        }
      return { taken: rows.length, readable };
    });
  },

  // Slack took it, so it counts even when it took longer than the lease.
  saveNote: async (claims, { channel, ts }) =>
    db.transaction().execute(async (trx) => {
      for await (const ids of inPieces(idsOf(claims), BOUND))
        await trx
          .updateTable("notes")
          .set({ ...SUCCEEDED, ...GIVEN_BACK, channel, ts })
          .where("id", "in", ids)
          .where("ts", "is", null)
          .execute();
    }),

  saveNoteFailure: async (claims, { routes, ...failure }) =>
    db.transaction().execute(async (trx) => {
      for await (const ids of inPieces(idsOf(claims), BOUND))
        await trx
          .updateTable("notes")
          .set({ ...failing(failure), ...routesToColumns(routes) })
          .where("id", "in", ids)
          .where("lease", "in", leasesOf(claims))
          .execute();
    }),

  releaseNotes: async (claims) => {
    for await (const ids of inPieces(idsOf(claims), BOUND))
      await db
        .updateTable("notes")
        .set(GIVEN_BACK)
        .where("id", "in", ids)
        .where("lease", "in", leasesOf(claims))
        .execute();
  },
});
