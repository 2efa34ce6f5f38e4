import type { Logger } from "pino";
import { alertWork } from "./deliver-alert.ts";
import { groupWork } from "./deliver-group.ts";
import { noteWorks } from "./deliver-notes.ts";
import type { ClaimOptions } from "./outbox.ts";
import type { Work, WorkDeps } from "./work.ts";

/** Taken at once: few, so that the next look sees what has become more urgent. */
const ALERTS = 3;
const GROUPS = 1;
/** Those of one kind to one place are one message. */
const NOTES = 500;
/** Alerts in hand in all channels together: channels that wait for Slack hold up few others, and memory stays small. */
const MOST_ALERTS = 200;

export interface IntakeDeps extends WorkDeps {
  readonly leaseMs: number;
  readonly quietUntil: (at: Date) => Date | null;
  /** Told of each look into the store that failed. */
  readonly onFailed: () => void;
  readonly log: Logger;
}

export interface Intake {
  /** Claims some of what is owed to other channels than these; none when nothing is, or the store does not answer. */
  take(now: Date, except: readonly string[]): Promise<readonly Work[]>;
  /** These are in hand no longer. */
  handedOver(works: readonly Work[]): void;
}

const alertsIn = (works: readonly Work[]): number => works.filter(({ kind }) => kind === "alert").length;

/** Takes work out of the store for one pass. */
export const createIntake = (deps: IntakeDeps): Intake => {
  const { store, leaseMs, quietUntil, onFailed, log } = deps;
  /** How each thing stood when it was delivered last. */
  const settled = new Map<string, string>();
  let alerts = 0;
  let broken = false;

  const remembered = (work: Work): Work => ({
    ...work,
    deliver: async (send) => {
      const obstacle = await work.deliver(send);
      if (obstacle === undefined) settled.set(work.id, work.version);
      return obstacle;
    },
  });

  const claim = async (what: string, works: () => Promise<readonly Work[]>): Promise<readonly Work[]> => {
    if (broken) return [];
    try {
      return await works();
    } catch (error) {
      broken = true;
      onFailed();
      log.error({ err: error }, `the store did not say which ${what} are undelivered`);
      return [];
    }
  };

  return {
    async take(now, except) {
      const options = (limit: number): ClaimOptions => ({
        now,
        leaseMs,
        limit,
        urgentOnly: quietUntil(now) !== null,
        except,
      });
      const limit = Math.min(ALERTS, MOST_ALERTS - alerts);
      const claimed = [
        ...(await claim("alerts", async () =>
          limit > 0 ? (await store.claimUndelivered(options(limit))).map((each) => alertWork(deps, each)) : [],
        )),
        ...(await claim("groups", async () =>
          (await store.claimGroups(options(GROUPS))).map((each) => groupWork(deps, each)),
        )),
        ...(await claim("notes", async () => noteWorks(deps, await store.claimNotes(options(NOTES))))),
      ];
      // A store that hands out what is done or not asked for would keep us here for ever; the lease keeps it quiet for a while.
      const news = claimed.filter(
        ({ id, version, channel }) => settled.get(id) !== version && !except.includes(channel),
      );
      alerts += alertsIn(news);
      return news.map(remembered);
    },
    handedOver(works) {
      alerts -= alertsIn(works);
    },
  };
};
