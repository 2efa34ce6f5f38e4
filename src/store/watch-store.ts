import { setTimeout as pause } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { WatchStore } from "../watch/ports.ts";
import { createChangeAlert } from "./alerts.ts";
import { createChangeGroup } from "./change-group.ts";
import { createClaimDue } from "./claim-due.ts";
import { createGroupAlerts } from "./group-alerts.ts";
import { createGroupsPart } from "./groups.ts";
import { createHistory } from "./history.ts";
import { createMarksPart } from "./marks.ts";
import { createNotesPart } from "./notes.ts";
import { createOutboxPart } from "./outbox.ts";
import { createPrune } from "./prune.ts";
import { createList } from "./records.ts";
import { createSaveRound } from "./save-round.ts";
import type { Schema } from "./schema.ts";
import { createSlotsPart } from "./slots.ts";
import type { CauseOf, StoreBase } from "./store-base.ts";
import type { StoreDialect } from "./store-dialect.ts";
import { createSync } from "./sync-watches.ts";
import { createListUndelivered } from "./undelivered.ts";
import { createViewersPart } from "./viewers.ts";

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
export const createWatchStore = (
  db: Kysely<Schema>,
  dialect: StoreDialect,
  causeOf: CauseOf = () => null,
): WatchStore => {
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
  const base: StoreBase = { db, dialect, causeOf };
  const alerts = createOutboxPart(base);
  const groups = createGroupsPart(base);
  const notes = createNotesPart(base);
  const slots = createSlotsPart(base);
  const marks = createMarksPart(db);
  const viewers = createViewersPart(db);
  return {
    sync: explained(createSync(base)),
    claimDue: explained(createClaimDue(base)),
    saveRound: explained(createSaveRound(base)),
    changeAlert: explained(createChangeAlert(base)),
    changeGroup: explained(createChangeGroup(base)),
    claimUndelivered: explained(alerts.claimUndelivered),
    saveDelivery: explained(alerts.saveDelivery),
    releaseDelivery: explained(alerts.releaseDelivery),
    giveUpMessage: explained(alerts.giveUpMessage),
    saveDeliveryFailure: explained(alerts.saveDeliveryFailure),
    groupAlerts: explained(createGroupAlerts(base)),
    claimGroups: explained(groups.claimGroups),
    saveGroupDelivery: explained(groups.saveGroupDelivery),
    releaseGroup: explained(groups.releaseGroup),
    saveGroupFailure: explained(groups.saveGroupFailure),
    claimNotes: explained(notes.claimNotes),
    saveNote: explained(notes.saveNote),
    saveNoteFailure: explained(notes.saveNoteFailure),
    releaseNotes: explained(notes.releaseNotes),
    reserveSlot: explained(slots.reserveSlot),
    delayChannel: explained(slots.delayChannel),
    listUndelivered: explained(createListUndelivered(db)),
    history: explained(createHistory(db)),
    readMark: explained(marks.readMark),
    moveMark: explained(marks.moveMark),
    rememberViewer: explained(viewers.rememberViewer),
    viewers: explained(viewers.viewers),
    prune: explained(createPrune(db)),
    list: explained(createList(db)),
    clockOffsetMs: explained(async (machineNow) => dialect.clockOffsetMs(db, machineNow)),
    ping: explained(async () => {
      await db.selectFrom("watches").select("name").limit(1).execute();
    }),
    close: explained(async () => db.destroy()),
  };
};
