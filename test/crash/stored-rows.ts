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
  /** The `ts` of the alert's own message. */
  readonly ts: string | null;
  /** Id of the group whose message shows the alert. */
  readonly group: string | null;
  /** False until the group's thread has announced the alert. */
  readonly joined: boolean;
  readonly replies: readonly StoredReply[];
}

/** A transition that the bot stored. */
export interface StoredWord extends StoredReply {
  readonly alert: string;
  readonly watch: string;
  readonly at: Date;
}

/** A message that is sent once. In these tests all of them report an absence of the bot. */
interface StoredNote {
  readonly route: string;
  readonly from: Date;
  readonly told: boolean;
}

/** The content of a bot's database. */
export interface Stored {
  readonly alerts: ReadonlyMap<string, StoredAlert>;
  /** The `ts` of each group's message, by group id. */
  readonly groups: ReadonlyMap<string, string | null>;
  readonly notes: readonly StoredNote[];
  /** Oldest first for each watch. */
  readonly words: readonly StoredWord[];
  /** Number of messages of which Slack does not have the current version. An alert without a message counts as one. */
  readonly owed: number;
  /** The time of each watch's last check, on the bot's clock. */
  readonly checked: ReadonlyMap<string, Date>;
}

const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

/** The data of a cause names what its sentence names: the permissions, the date. */
const Verdict = z.object({ findings: z.array(z.unknown()) }).nullable();

const AlertRow = z.object({
  id: z.string(),
  watch: z.string(),
  opened_at: z.coerce.date(),
  resolved_at: z.string().nullable(),
  message_id: z.string().nullable(),
});

const MessageRow = z.object({
  id: z.string(),
  kind: z.string(),
  route: z.string(),
  ts: z.string().nullable(),
  body: z.string().nullable(),
});

const AbsenceBody = json(z.object({ kind: z.literal("absence"), from: z.coerce.date() }));

const OwedRow = z.object({
  message_id: z.string().nullable(),
  alert_id: z.string().nullable(),
  what: z.string(),
  word: json(z.object({ reason: z.string(), verdict: Verdict })).nullable(),
});

const WatchRow = z.object({ name: z.string(), checked_at: z.coerce.date().nullable() });

const HistoryRow = z.object({
  watch: z.string(),
  at: z.coerce.date(),
  position: z.coerce.number(),
  body: json(z.object({ alert: z.string().nullable(), reason: z.string(), cause: z.unknown() })),
});

const causeOf = (verdict: z.infer<typeof Verdict>): string =>
  verdict === null ? "" : JSON.stringify(verdict.findings);

/** @param rows all rows of a table, none when it is not there */
export const readStored = (rows: (table: string) => readonly unknown[]): Stored => {
  const alerts = z.array(AlertRow).parse(rows("alerts"));
  const messages = new Map(
    z
      .array(MessageRow)
      .parse(rows("messages"))
      .map((row) => [row.id, row]),
  );
  const owed = z.array(OwedRow).parse(rows("owed"));
  const history = z.array(HistoryRow).parse(rows("history"));
  const ofAlert = Map.groupBy(owed, ({ alert_id }) => alert_id);
  const alertOf = (row: z.infer<typeof AlertRow>): StoredAlert => {
    const home = messages.get(row.message_id ?? "");
    // Lists that the message shows are delivered separately.
    const own = (ofAlert.get(row.id) ?? []).filter(({ message_id }) => message_id === row.message_id);
    return {
      id: row.id,
      watch: row.watch,
      openedAt: row.opened_at,
      resolved: row.resolved_at !== null,
      ts: home?.kind === "alert" ? home.ts : null,
      group: home?.kind === "group" ? home.id : null,
      joined: home?.kind === "group" && !own.some(({ what }) => what === "joined"),
      replies: own.flatMap(({ word }) =>
        word === null ? [] : [{ reason: word.reason, cause: causeOf(word.verdict) }],
      ),
    };
  };
  const all = [...messages.values()];
  return {
    alerts: new Map(alerts.map((row) => [row.id, alertOf(row)])),
    groups: new Map(all.filter(({ kind }) => kind === "group").map(({ id, ts }) => [id, ts])),
    notes: all
      .filter(({ kind }) => kind === "absence")
      .map(({ route, ts, body }) => ({ route, from: AbsenceBody.parse(body).from, told: ts !== null })),
    words: history
      .toSorted((a, b) => a.position - b.position)
      .flatMap(({ watch, at, body: { alert, reason, cause } }) =>
        alert === null ? [] : [{ alert, watch, at, reason, cause: cause === null ? "" : JSON.stringify(cause) }],
      ),
    owed: new Set(owed.map(({ message_id, alert_id }) => message_id ?? alert_id)).size,
    checked: new Map(
      z
        .array(WatchRow)
        .parse(rows("watches"))
        .flatMap(({ name, checked_at }) => (checked_at === null ? [] : [[name, checked_at] as const])),
    ),
  };
};
