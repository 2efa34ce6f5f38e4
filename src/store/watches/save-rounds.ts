import type { Kysely } from "kysely";
import type { Alert } from "../../alert/alert.ts";
import { urgentFrom } from "../../watch/budget/urgent.ts";
import type { RoundResult, StoredChange, WatchStore } from "../../watch/ports.ts";
import { isShownIn, lockAlerts, readRevisions } from "./alerts.ts";
import { GIVEN_BACK } from "../claiming.ts";
import { alertFromRow, stateToColumns } from "../tables/codec.ts";
import { toColumn, toNullableColumn } from "../tables/columns.ts";
import { addHistory } from "./history.ts";
import { addMessages } from "../outbox/new-messages.ts";
import { BOUND, DECODED, inBatches, readInBatches } from "../tables/batches.ts";
import { saveChanges } from "./save-changes.ts";
import type { AlertsTable, Schema } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";

/** Saves the results of inspections with all their consequences, in one transaction. */
export function createSaveRounds(base: StoreBase): WatchStore["saveRounds"] {
  return async (batch) =>
    base.db.transaction().execute(async (trx) => {
      const held = await lockHeld(trx, base, batch);
      await lockAlerts(trx, base.dialect, held.flatMap(alertsOf));
      const saved = new Set<RoundResult>();
      const save = async (results: readonly RoundResult[]): Promise<void> => {
        for (const one of await saveResults(trx, base, results)) saved.add(one);
      };
      await save(held.filter(({ outcome }) => outcome.members === undefined));
      // Each of these may change alerts of other results. A result whose alert was changed so is refused below.
      for (const one of held) if (one.outcome.members !== undefined) await save([one]);
      return batch.map((one) => saved.has(one));
    });
}

/**
 * The results whose lease is still held, with their rows locked. All programs lock in this order: watches, alerts,
 * messages.
 */
async function lockHeld(
  trx: Kysely<Schema>,
  { dialect }: Pick<StoreBase, "dialect">,
  batch: readonly RoundResult[],
): Promise<readonly RoundResult[]> {
  const leases = new Map<string, string | null>();
  const names = batch.map(({ claim }) => claim.watch).toSorted();
  for await (const piece of inBatches(names, BOUND)) {
    const rows = trx.selectFrom("watches").select(["name", "lease"]).where("name", "in", piece).orderBy("name");
    for (const { name, lease } of await dialect.lockRows(rows, "wait").execute()) leases.set(name, lease);
  }
  return batch.filter(({ claim }) => leases.get(claim.watch) === claim.lease);
}

/** The alert as the inspection saw it, and the alert to save. */
function alertsOf({ claim, outcome }: RoundResult): readonly string[] {
  return [claim.state.alert, outcome.state.alert].flatMap((alert) => alert?.id ?? []);
}

/** Returns the results that were saved. The caller has locked their watches and alerts. */
async function saveResults(
  trx: Kysely<Schema>,
  base: StoreBase,
  results: readonly RoundResult[],
): Promise<readonly RoundResult[]> {
  const seen = results.flatMap(({ claim }) => claim.state.alert?.id ?? []);
  const revisions = await readRevisions(trx, seen);
  const [current, answered]: [RoundResult[], RoundResult[]] = [[], []];
  for (const one of results) {
    const { alert } = one.claim.state;
    const revision = alert === null ? undefined : revisions.get(alert.id);
    (revision === undefined || revision === alert?.revision ? current : answered).push(one);
  }
  // A person answered the alert in the meantime. The watch stays due, and the next inspection sees the answer.
  await giveBack(
    trx,
    answered.map(({ claim }) => claim.watch),
  );
  for await (const piece of inBatches(current, DECODED)) {
    await saveWatches(trx, piece);
    await saveConsequences(trx, base, piece);
  }
  return current;
}

async function giveBack(trx: Kysely<Schema>, watches: readonly string[]): Promise<void> {
  for await (const names of inBatches(watches, BOUND))
    await trx.updateTable("watches").set(GIVEN_BACK).where("name", "in", names).execute();
}

/** One statement for many rows. Every row exists and is locked, so it only updates. */
async function saveWatches(trx: Kysely<Schema>, results: readonly RoundResult[]): Promise<void> {
  await trx
    .insertInto("watches")
    .values(results.map(rowOf))
    .onConflict((conflict) =>
      conflict.column("name").doUpdateSet((is) => {
        const saved = {
          state: is.ref("excluded.state"),
          rank: is.ref("excluded.rank"),
          ends_at: is.ref("excluded.ends_at"),
          verdict: is.ref("excluded.verdict"),
          failing: is.ref("excluded.failing"),
          alive_fingerprint: is.ref("excluded.alive_fingerprint"),
          told: is.ref("excluded.told"),
          checked_at: is.ref("excluded.checked_at"),
          next_due_at: is.ref("excluded.next_due_at"),
          urgent_at: is.ref("excluded.urgent_at"),
        } satisfies Record<Exclude<keyof ReturnType<typeof rowOf>, "name">, unknown>;
        return { ...saved, ...GIVEN_BACK };
      }),
    )
    .execute();
}

function rowOf({ claim, outcome }: RoundResult) {
  return {
    name: claim.watch,
    ...stateToColumns(outcome.state),
    checked_at: toColumn(outcome.checkedAt),
    next_due_at: toColumn(outcome.nextDueAt),
    urgent_at: toNullableColumn(urgentFrom(outcome.state, outcome.checkedAt)),
  };
}

async function saveConsequences(trx: Kysely<Schema>, base: StoreBase, results: readonly RoundResult[]): Promise<void> {
  const changes: StoredChange[] = [];
  for (const { outcome } of results) {
    const { alert } = outcome.state;
    if (alert !== null) changes.push(await completed(trx, base, alert, outcome));
  }
  const others = results.flatMap(({ outcome }) => (outcome.state.alert === null ? [outcome] : []));
  await saveChanges(trx, base, changes);
  await addHistory(
    trx,
    others.flatMap(({ history }) => history),
  );
  await addMessages(
    trx,
    others.flatMap(({ messages }) => messages),
  );
}

/** The change of an alert. Its escalation message names all alerts that escalate together. */
async function completed(
  trx: Kysely<Schema>,
  base: StoreBase,
  alert: Alert,
  { checkedAt: at, replies, history, messages, members }: RoundResult["outcome"],
): Promise<StoredChange> {
  if (members === undefined) return { alert, at, replies, history, messages };
  const changed = await changeGroupMembers(trx, base, alert.id, members);
  const named = messages.map((message) => ({ ...message, alerts: [...new Set([...message.alerts, ...changed])] }));
  return { alert, at, replies, history, messages: named };
}

/**
 * Changes the group's other open alerts that its thread already shows, and returns their IDs. Skips an alert that
 * another program is changing, because two programs that wait for each other's alerts would deadlock.
 */
async function changeGroupMembers(
  trx: Kysely<Schema>,
  base: StoreBase,
  id: string,
  change: (member: Alert) => StoredChange | undefined,
): Promise<readonly string[]> {
  const own = await trx.selectFrom("alerts").select("message_id").where("id", "=", id).executeTakeFirst();
  const home = own?.message_id ?? null;
  if (home === null) return [];
  const members = readInBatches<AlertsTable>(DECODED, async (last, size) => {
    const shown = trx
      .selectFrom("alerts")
      .selectAll()
      .where("message_id", "=", home)
      .where("resolved_at", "is", null)
      .where("id", "<>", id)
      .where(isShownIn(home))
      .orderBy("id")
      .limit(size);
    return base.dialect.lockRows(last === undefined ? shown : shown.where("id", ">", last.id), "skip").execute();
  });
  const changed: string[] = [];
  for await (const rows of members) {
    const changes = rows
      .flatMap((row) => base.unreadable.read("alerts", row.id, () => alertFromRow(row)) ?? [])
      .flatMap((member) => change(member) ?? []);
    await saveChanges(trx, base, changes);
    for (const { alert } of changes) changed.push(alert.id);
  }
  return changed;
}
