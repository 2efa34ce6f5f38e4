import { setTimeout as pause } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { Logger } from "pino";
import { inTime } from "../token/in-time.ts";
import { withRetries } from "../token/retry.ts";
import type { WatchStore } from "../watch/ports.ts";
import { createBudgetsPart } from "./watches/budgets.ts";
import { createChangeAlerts, createFindAlerts } from "./watches/change-alerts.ts";
import { createClaimDue } from "./watches/claim-due.ts";
import { createClaimRenewal } from "./renewals/claim-renewal.ts";
import { createClaimMessages } from "./outbox/claim-messages.ts";
import { createFailed } from "./outbox/failed.ts";
import { createAudit, createHistory } from "./watches/history.ts";
import { createLeaseOwner, type LeaseOwner } from "./lease-owners.ts";
import { createDeadlinesPart } from "./watches/shared-deadlines.ts";
import { createEnding } from "./watches/ending.ts";
import { createHolders } from "./watches/holders.ts";
import { createMissing } from "./watches/missing.ts";
import { createPrune } from "./watches/prune.ts";
import { createReadRenewals } from "./renewals/read-renewals.ts";
import { createRecords } from "./watches/records.ts";
import { createRegroup } from "./outbox/regroup.ts";
import { createRelease } from "./outbox/release.ts";
import { createReleaseWatches } from "./watches/release-watches.ts";
import { createSaveRenewal } from "./renewals/save-renewal.ts";
import { createSaveRounds } from "./watches/save-rounds.ts";
import type { Schema } from "./tables/schema.ts";
import { createStartRenewal } from "./renewals/start-renewal.ts";
import { createSent } from "./outbox/sent.ts";
import { createTurns } from "./outbox/turns.ts";
import type { StoreBase } from "./store-base.ts";
import type { StoreDialect } from "./store-dialect.ts";
import { refusesSaves } from "./store-error.ts";
import { createSync } from "./watches/sync-watches.ts";
import { createTroubles } from "./watches/troubles.ts";
import { createUndelivered } from "./outbox/undelivered.ts";
import { proveSaving } from "./prove-saving.ts";
import { createUnreadable } from "./tables/unreadable.ts";
import { createWaitingAlerts } from "./outbox/waiting-alerts.ts";
import { createWorst } from "./watches/worst.ts";
import { createViewersPart } from "./watches/viewers.ts";

/**
 * The store over an open and upgraded database. Its functions reject with a StoreError when the database fails, and
 * save nothing then. `close` also closes the database.
 *
 * A temporary failure (a lost connection, a deadlock) is retried, and every function allows that. If only the answer of
 * a commit was lost, the retry finds the work done. `saveRounds` then returns false although it saved. A claim then
 * stays unused until its lease ends. Nothing is lost, as after a crash at that moment.
 */
export function createWatchStore(
  db: Kysely<Schema>,
  dialect: StoreDialect,
  log?: Pick<Logger, "warn">,
  leases: LeaseOwner = createLeaseOwner(db, dialect, false),
): WatchStore {
  let refused = false;
  const explained =
    <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const workOnce = async (): Promise<R> => {
        try {
          return await work(...args);
        } catch (error) {
          dialect.letGo(error);
          throw error;
        }
      };
      try {
        return await withRetries(workOnce, { pausesMs: PAUSES_MS, wait: pause, mayRetry: dialect.isTransient });
      } catch (error) {
        const failure = dialect.explain(error);
        refused ||= refusesSaves(failure);
        throw failure;
      }
    };
  const base: StoreBase = { db, dialect, unreadable: createUnreadable(log), leaseOwner: leases.id };
  const turns = createTurns(base);
  const deadlines = createDeadlinesPart(db);
  const budgets = createBudgetsPart(base);
  const viewers = createViewersPart(db);
  const records = createRecords(base);
  const worst = createWorst(base);
  const waiting = createWaitingAlerts(db);
  const renewals = createReadRenewals(base);
  const renewalClaims = createClaimRenewal(base);
  const audit = createAudit(base);
  return {
    sync: explained(createSync(base)),
    claimDue: explained(createClaimDue(base)),
    saveRounds: explained(createSaveRounds(base)),
    releaseWatches: explained(createReleaseWatches(db)),
    findAlerts: explained(createFindAlerts(base)),
    changeAlerts: explained(createChangeAlerts(base)),
    claim: explained(createClaimMessages(base)),
    sent: explained(createSent(base)),
    failed: explained(createFailed(base)),
    release: explained(createRelease(base)),
    regroup: explained(createRegroup(base)),
    reserveTurn: explained(turns.reserveTurn),
    delayChannel: explained(turns.delayChannel),
    undelivered: explained(createUndelivered(db)),
    refusedAlerts: explained(waiting.refusedAlerts),
    heldAlerts: explained(waiting.heldAlerts),
    startRenewal: explained(createStartRenewal(base)),
    saveRenewal: explained(createSaveRenewal(base)),
    findRenewal: explained(renewals.findRenewal),
    renewalById: explained(renewals.renewalById),
    renewals: explained(renewals.renewals),
    claimRenewal: explained(renewalClaims.claimRenewal),
    releaseRenewal: explained(renewalClaims.releaseRenewal),
    record: explained(audit.record),
    audit: explained(audit.audit),
    history: explained(createHistory(base)),
    budgets: explained(budgets.budgets),
    shareBudget: explained(budgets.shareBudget),
    readDeadline: explained(deadlines.readDeadline),
    advanceDeadline: explained(deadlines.advanceDeadline),
    rememberViewer: explained(viewers.rememberViewer),
    viewers: explained(viewers.viewers),
    prune: explained(createPrune(db)),
    list: explained(records.list),
    find: explained(records.find),
    page: explained(records.page),
    worst: explained(worst.worst),
    tally: explained(worst.tally),
    names: explained(worst.names),
    ending: explained(createEnding(base)),
    holders: explained(createHolders(base)),
    missing: explained(createMissing(db)),
    troubles: explained(createTroubles(base)),
    clockOffsetMs: explained(async (machineNow) => dialect.clockOffsetMs(db, machineNow)),
    ping: explained(async () => {
      // A read would succeed. Only a write proves that the database saves again.
      if (refused) await proveSaving(db);
      refused = false;
      await db.selectFrom("watches").select("name").limit(1).execute();
    }),
    keepLeases: explained(leases.keepLeases),
    close: explained(async () => {
      const giving = leases.giveBack().catch((error: unknown) => {
        log?.warn({ err: error }, "could not release the leases of this program; they end by themselves");
      });
      await inTime(giving, GIVE_BACK_WITHIN_MS);
      await db.destroy();
    }),
  };
}

/** Pauses between the tries. A restarting server takes longer; then the next round tries again. */
const PAUSES_MS = [50, 250];

/**
 * The longest wait for the release of leases at the stop. A database that does not answer must not delay the stop.
 * Other programs free the leases some seconds later.
 */
const GIVE_BACK_WITHIN_MS = 1_000;
