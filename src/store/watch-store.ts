import { setTimeout as pause } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { WatchStore } from "../watch/ports.ts";
import { changeAlert } from "./alerts.ts";
import { createOutboxPart } from "./outbox.ts";
import type { Schema } from "./schema.ts";
import type { StoreDialect } from "./store-dialect.ts";
import { createWatchesPart } from "./watches.ts";

/** Tried so often, with these pauses between: a server that restarts needs longer, and then the next round comes. */
const PAUSES_MS = [50, 250];

/**
 * The store over a database that is open and migrated. Its functions reject with a StoreError for whatever the
 * database does, and then nothing of that call was saved. `close` closes the database too.
 *
 * What was cut off in passing (a lost connection, a deadlock) is done again. Every function may be: when it is the
 * answer of a commit that got lost, the second time finds the work done. Then `saveRound` says false though its round
 * was saved, and a claim stays with nobody until its lease ends: as after a crash at that instant, nothing is lost.
 */
export const createWatchStore = (db: Kysely<Schema>, dialect: StoreDialect): WatchStore => {
  const explained =
    <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      for (let tries = 0; ; tries++) {
        try {
          return await work(...args);
        } catch (error) {
          const pauseMs = dialect.isPassing(error) ? PAUSES_MS[tries] : undefined;
          if (pauseMs === undefined) throw dialect.explain(error);
          await pause(pauseMs);
        }
      }
    };
  const watches = createWatchesPart(db, dialect);
  const outbox = createOutboxPart(db, dialect);
  return {
    sync: explained(watches.sync),
    claimDue: explained(watches.claimDue),
    saveRound: explained(watches.saveRound),
    list: explained(watches.list),
    changeAlert: explained((id: string, change: Parameters<WatchStore["changeAlert"]>[1]) =>
      changeAlert(db, dialect, id, change),
    ),
    claimUndelivered: explained(outbox.claimUndelivered),
    saveDelivery: explained(outbox.saveDelivery),
    releaseDelivery: explained(outbox.releaseDelivery),
    saveDeliveryFailure: explained(outbox.saveDeliveryFailure),
    listUndelivered: explained(outbox.listUndelivered),
    clockOffsetMs: explained(async (machineNow) => dialect.clockOffsetMs(db, machineNow)),
    ping: explained(async () => {
      await db.selectFrom("watches").select("name").limit(1).execute();
    }),
    close: explained(async () => db.destroy()),
  };
};
