import { setTimeout as pause } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { WatchStore } from "../watch/ports.ts";
import { createChangeAlert } from "./alerts.ts";
import { createChangeGroup } from "./change-group.ts";
import { createClaimDue } from "./claim-due.ts";
import { createGroupAlerts } from "./group-alerts.ts";
import { createGroupsPart } from "./groups.ts";
import { createHistory } from "./history.ts";
import { createLeaseOwner, type LeaseOwner } from "./lease-owners.ts";
import { createMarksPart } from "./marks.ts";
import { createMissing } from "./missing.ts";
import { createNotesPart } from "./notes.ts";
import { createOutboxPart } from "./outbox.ts";
import { createPrune } from "./prune.ts";
import { createRecords } from "./records.ts";
import { createSaveRound } from "./save-round.ts";
import type { Schema } from "./schema.ts";
import { createSlotsPart } from "./slots.ts";
import type { CauseOf, StoreBase } from "./store-base.ts";
import type { StoreDialect } from "./store-dialect.ts";
import { refusesSaves } from "./store-error.ts";
import { createSync } from "./sync-watches.ts";
import { createTroubles } from "./troubles.ts";
import { createListUndelivered } from "./undelivered.ts";
import { proveSaving } from "./prove-saving.ts";
import { createUnreadable } from "./unreadable.ts";
import { createViewersPart } from "./viewers.ts";

/** Tried so often, with these pauses between: a server that restarts needs longer, and then the next round comes. */
const PAUSES_MS = [50, 250];

/** A database that does not answer must not hold up the end: the leases are free some seconds later anyway. */
const GIVE_BACK_WITHIN_MS = 1_000;

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
  log?: Pick<Logger, "warn">,
  leases: LeaseOwner = createLeaseOwner(db, dialect, false),
): WatchStore => {
  let refused = false;
  const explained =
    <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      for (let tries = 0; ; tries++) {
        try {
          return await work(...args);
        } catch (error) {
          dialect.letGo(error);
          const pauseMs = dialect.isPassing(error) ? PAUSES_MS[tries] : undefined;
          if (pauseMs === undefined) {
            const told = dialect.explain(error);
            refused ||= refusesSaves(told);
            throw told;
          }
          await pause(pauseMs);
        }
      }
    };
  const base: StoreBase = { db, dialect, causeOf, unreadable: createUnreadable(log), leaseOwner: leases.id };
  const alerts = createOutboxPart(base);
  const groups = createGroupsPart(base);
  const notes = createNotesPart(base);
  const slots = createSlotsPart(base);
  const marks = createMarksPart(db);
  const viewers = createViewersPart(db);
  const records = createRecords(base);
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
    history: explained(createHistory(base)),
    readMark: explained(marks.readMark),
    moveMark: explained(marks.moveMark),
    rememberViewer: explained(viewers.rememberViewer),
    viewers: explained(viewers.viewers),
    prune: explained(createPrune(db)),
    list: explained(records.list),
    find: explained(records.find),
    missing: explained(createMissing(db)),
    troubles: explained(createTroubles(base)),
    clockOffsetMs: explained(async (machineNow) => dialect.clockOffsetMs(db, machineNow)),
    ping: explained(async () => {
      // A read would go through: only a save shows that it saves again.
      if (refused) await proveSaving(db);
      refused = false;
      await db.selectFrom("watches").select("name").limit(1).execute();
    }),
    keepLeases: explained(leases.keepLeases),
    close: explained(async () => {
      const giving = leases.giveBack().catch((error: unknown) => {
        log?.warn({ err: error }, "the leases of this program were not given back; they end by themselves");
      });
      await Promise.race([giving, pause(GIVE_BACK_WITHIN_MS, undefined, { ref: false })]);
      await db.destroy();
    }),
  };
};
