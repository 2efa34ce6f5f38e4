import type { Kysely } from "kysely";
import type { WatchStore } from "../watch/ports.ts";
import { changeAlert } from "./alerts.ts";
import { createOutboxPart } from "./outbox.ts";
import type { Schema } from "./schema.ts";
import type { StoreDialect } from "./store-dialect.ts";
import { createWatchesPart } from "./watches.ts";

/**
 * The store over a database that is open and migrated. Its functions reject with a StoreError for whatever the
 * database does, and then nothing of that call was saved. `close` closes the database too.
 */
export const createWatchStore = (db: Kysely<Schema>, dialect: StoreDialect): WatchStore => {
  const explained =
    <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        return await work(...args);
      } catch (error) {
        throw dialect.explain(error);
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
    ping: explained(async () => {
      await db.selectFrom("watches").select("name").limit(1).execute();
    }),
    close: explained(async () => db.destroy()),
  };
};
