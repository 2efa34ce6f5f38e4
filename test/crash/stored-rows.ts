import { z } from "zod";

/** A reply that Slack does not have yet. */
export interface StoredReply {
  readonly reason: string;
  readonly cause: string;
}

export interface StoredAlert {
  readonly id: string;
  readonly watch: string;
  readonly openedAt: Date;
  readonly resolved: boolean;
  /** Of its own message. */
  readonly ts: string | null;
  /** The group whose message shows it. */
  readonly group: string | null;
  /** False until the thread of its group has told of it. */
  readonly joined: boolean;
  readonly replies: readonly StoredReply[];
}

/** A transition that the bot stored. */
export interface StoredWord extends StoredReply {
  readonly alert: string;
  readonly watch: string;
  readonly at: Date;
}

/** A message that is sent once; ours all tell of the bot's absence. */
interface StoredNote {
  readonly route: string;
  readonly from: Date;
  readonly told: boolean;
}

/** What stands in a bot's database. */
export interface Stored {
  readonly alerts: ReadonlyMap<string, StoredAlert>;
  /** The `ts` of each group's message by the group's id. */
  readonly groups: ReadonlyMap<string, string | null>;
  readonly notes: readonly StoredNote[];
  /** Oldest first for each watch. */
  readonly words: readonly StoredWord[];
  /** How many alerts and notes Slack does not have as they stand. */
  readonly owed: number;
}

const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

const Verdict = z.object({ findings: z.array(z.object({ message: z.string() })) }).nullable();

const AlertRow = z.object({
  id: z.string(),
  watch: z.string(),
  opened_at: z.coerce.date(),
  resolved_at: z.string().nullable(),
  revision: z.coerce.number(),
  delivered_revision: z.coerce.number(),
  replied_revision: z.coerce.number(),
  ts: z.string().nullable(),
  group_id: z.string().nullable(),
  replies: json(z.array(z.object({ reason: z.string(), verdict: Verdict }))),
});

const NoteRow = z.object({
  route: z.string(),
  ts: z.string().nullable(),
  body: json(z.object({ kind: z.literal("comeback"), from: z.coerce.date() })),
});

const HistoryRow = z.object({
  watch: z.string(),
  at: z.coerce.date(),
  position: z.coerce.number(),
  body: json(z.object({ alert: z.string().nullable(), reason: z.string(), cause: z.string().nullable() })),
});

const GroupRow = z.object({ id: z.string(), ts: z.string().nullable() });

const causeOf = (verdict: z.infer<typeof Verdict>): string =>
  verdict?.findings.map(({ message }) => message).join(" ") ?? "";

/** @param rows all rows of a table, none when it is not there */
export const readStored = (rows: (table: string) => readonly unknown[]): Stored => {
  const alerts = z.array(AlertRow).parse(rows("alerts"));
  const notes = z.array(NoteRow).parse(rows("notes"));
  const history = z.array(HistoryRow).parse(rows("history"));
  const groups = z.array(GroupRow).parse(rows("groups"));
  const behind = alerts.filter(
    (row) =>
      row.delivered_revision < row.revision ||
      row.replies.length > 0 ||
      (row.group_id !== null && row.resolved_at === null && row.replied_revision === 0),
  );
  return {
    alerts: new Map(
      alerts.map((row) => [
        row.id,
        {
          id: row.id,
          watch: row.watch,
          openedAt: row.opened_at,
          resolved: row.resolved_at !== null,
          ts: row.ts,
          group: row.group_id,
          joined: row.replied_revision > 0,
          replies: row.replies.map(({ reason, verdict }) => ({ reason, cause: causeOf(verdict) })),
        },
      ]),
    ),
    groups: new Map(groups.map(({ id, ts }) => [id, ts])),
    notes: notes.map(({ route, ts, body }) => ({ route, from: body.from, told: ts !== null })),
    words: history
      .toSorted((a, b) => a.position - b.position)
      .flatMap(({ watch, at, body: { alert, reason, cause } }) =>
        alert === null ? [] : [{ alert, watch, at, reason, cause: cause ?? "" }],
      ),
    owed: behind.length + notes.filter(({ ts }) => ts === null).length,
  };
};
