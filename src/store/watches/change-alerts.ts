import type { Kysely } from "kysely";
import type { Alert } from "../../alert/alert.ts";
import type { StoredChange, Target, Targeted, WatchStore } from "../../watch/ports.ts";
import { isShownIn } from "./alerts.ts";
import { alertFromRow, refFromRow } from "../tables/codec.ts";
import { DECODED, readInBatches } from "../tables/batches.ts";
import { saveChanges } from "./save-changes.ts";
import type { AlertsTable, MessagesTable, Schema } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";

export function createFindAlerts({ db, unreadable }: StoreBase): WatchStore["findAlerts"] {
  return async (target) => {
    const found = await lookUp(db, target);
    if (found === undefined) return undefined;
    const alerts: Alert[] = [];
    for await (const rows of readTargeted(db, target, (query) => query))
      alerts.push(...rows.flatMap((row) => unreadable.read("alerts", row.id, () => alertFromRow(row)) ?? []));
    return { message: found.message, alerts };
  };
}

/** Changes each alert of a target as a person asked. Row locks keep rounds and other people's changes apart. */
export function createChangeAlerts(base: StoreBase): WatchStore["changeAlerts"] {
  return async (target, change) =>
    base.db.transaction().execute(async (trx) => {
      const found = await lookUp(trx, target);
      if (found === undefined) return undefined;
      const alerts: Alert[] = [];
      const changed: Alert[] = [];
      const locked = readTargeted(trx, target, (query) => base.dialect.lockRows(query, "wait"));
      for await (const rows of locked) {
        const read = rows.flatMap((row) => base.unreadable.read("alerts", row.id, () => alertFromRow(row)) ?? []);
        const made = read.map((alert) => ({ alert, changed: change(alert) }));
        const changes = made.flatMap((one) => one.changed ?? ([] satisfies StoredChange[]));
        await saveChanges(trx, base, changes);
        alerts.push(...made.map((one) => one.changed?.alert ?? one.alert));
        changed.push(...changes.map(({ alert }) => alert));
      }
      return { message: found.message, alerts, changed };
    });
}

type AlertsQuery = ReturnType<typeof selectAlerts>;

function selectAlerts(db: Kysely<Schema>) {
  return db.selectFrom("alerts").selectAll();
}

/** The rows of a target in batches, ordered by ID. `as` can add row locks. */
function readTargeted(
  db: Kysely<Schema>,
  target: Target,
  as: (query: AlertsQuery) => AlertsQuery,
): AsyncGenerator<readonly AlertsTable[]> {
  return readInBatches<AlertsTable>(DECODED, async (last, size) => {
    const all = selectAlerts(db).orderBy("id").limit(size);
    const query = target.kind === "alert" ? all.where("id", "=", target.id) : shownIn(all, target.id);
    const rows = await as(last === undefined ? query : query.where("id", ">", last.id)).execute();
    return rows;
  });
}

/** Open alerts of a message, its own or mentioned, that Slack shows there. */
function shownIn(query: AlertsQuery, message: string): AlertsQuery {
  return query
    .where("resolved_at", "is", null)
    .where((is) =>
      is.or([
        is("message_id", "=", message),
        is("id", "in", is.selectFrom("mentions").select("alert_id").where("mentions.message_id", "=", message)),
      ]),
    )
    .where(isShownIn(message));
}

/** Undefined: the alert or message does not exist. */
async function lookUp(db: Kysely<Schema>, target: Target): Promise<Pick<Targeted, "message"> | undefined> {
  const columns = ["messages.id", "messages.kind", "messages.channel", "messages.ts"] as const;
  if (target.kind === "message") {
    const row = await db.selectFrom("messages").select(columns).where("id", "=", target.id).executeTakeFirst();
    return row === undefined ? undefined : { message: messageOf(row) };
  }
  const alert = await db.selectFrom("alerts").select("message_id").where("id", "=", target.id).executeTakeFirst();
  if (alert === undefined) return undefined;
  if (alert.message_id === null) return { message: null };
  const row = await db.selectFrom("messages").select(columns).where("id", "=", alert.message_id).executeTakeFirst();
  return { message: row === undefined ? null : messageOf(row) };
}

function messageOf(row: Pick<MessagesTable, "id" | "kind" | "channel" | "ts">): NonNullable<Targeted["message"]> {
  return { id: row.id, kind: row.kind, ref: refFromRow(row) };
}
