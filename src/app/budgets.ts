import type { Logger } from "pino";
import type { InspectorDeps } from "../graph/inspector.ts";
import type { Inspect } from "../token/inspection.ts";
import { SECOND_MS } from "../token/duration.ts";
import { fingerprintOf, tailOf } from "../token/secret/secret.ts";
import { isWaiting } from "../token/set-back.ts";
import { type AppPace, pacesOf } from "../watch/budget/app-pace.ts";
import { isAhead, pausedUntil, sharedBudget } from "../watch/budget/budget.ts";
import { claimWithin } from "../watch/budget/claim-within.ts";
import { createGate, type Gate } from "../watch/budget/gate.ts";
import { isNotable } from "../watch/budget/pace.ts";
import type { WatchStore } from "../watch/ports.ts";
import type { WatchBook } from "../watch/watch-book.ts";

/** Keeps the checks of this program within the limits of the Meta apps. */
export interface Budgets {
  readonly gate: Gate;
  /** For every answer of Graph. */
  readonly onUsage: NonNullable<InspectorDeps["onUsage"]>;
  /** Claims only what the limits allow, and shares the budgets through the store. */
  readonly claims: (store: Store) => WatchStore["claimDue"];
  /** Claims for a person, who waits only during a pause. */
  readonly claimsForPerson: (store: Store) => WatchStore["claimDue"];
  /** Ends the check of a claimed watch. */
  readonly ended: (watch: string) => void;
  /** Shares the budgets now. Never rejects. */
  readonly share: (store: Store) => Promise<void>;
  /** The end of the pause of a watch's app; null when there is none. */
  readonly pausedUntil: (watch: string) => Date | null;
  /** What Meta's limits allow, the slowest app first. */
  readonly paces: () => readonly AppPace[];
  /** Inspects for a person: asks nothing during a pause, and says when to try again. */
  readonly inspectForPerson: (inspect: Inspect) => Inspect;
}

export interface BudgetParts {
  readonly watches: Pick<WatchBook, "size">;
  /** The Meta app of a watch; undefined when none is configured. */
  readonly appOf: (watch: string) => string | undefined;
  /** The number of watches of a Meta app. */
  readonly countOf: (app: string) => number;
  readonly now: () => Date;
  readonly log: Pick<Logger, "warn" | "info">;
}

type Store = Pick<WatchStore, "claimDue" | "budgets" | "shareBudget">;

export function createBudgets({ watches, appOf, countOf, now, log }: BudgetParts): Budgets {
  const gate = createGate(now);
  /** Apps with news that the store does not have. */
  const news = new Set<string>();
  /** The apps of the checks in progress, by watch. A watch can leave its fleet, or get another app, during its check. */
  const checking = new Map<string, string>();
  let sharedAt: Date | null = null;
  let mustShare = false;

  const pauseOf = (app: string | undefined): Date | null => {
    const account = app === undefined ? undefined : gate.account(app);
    return account === undefined ? null : pausedUntil(account.budget, now());
  };

  const onUsage: Budgets["onUsage"] = (app, usage) => {
    const before = pauseOf(app);
    gate.answered(app, usage);
    news.add(app);
    const until = pauseOf(app);
    if (until === null || before !== null) return;
    // The other programs must stop too.
    mustShare = true;
    log.warn({ app, until }, "Meta limits the calls of this app; its tokens are not checked until then");
  };

  const exchange = async (store: Store): Promise<void> => {
    const stored = await store.budgets();
    for (const [app, budget] of stored) {
      gate.learned(app, budget, 0);
      // A time from before the clock was set back would start a pause again at every look.
      if (isAhead(budget, now())) news.add(app);
    }
    for (const [app, { budget, unshared }] of gate.accounts()) {
      if (!news.has(app) || !(stored.has(app) || isNotable(budget, now()))) continue;
      news.delete(app);
      const at = now();
      const shared = await store.shareBudget(
        app,
        (known) => (known === null ? budget : sharedBudget(budget, known, unshared, at)),
        at,
      );
      gate.learned(app, shared, unshared);
    }
  };

  const share = async (store: Store): Promise<void> => {
    const at = now();
    sharedAt = at;
    mustShare = false;
    try {
      await exchange(store);
    } catch (error) {
      log.warn({ err: error }, "the store did not share what Meta said about its limits; this program uses its own");
    }
  };

  const shareSometimes = async (store: Store): Promise<void> => {
    const isRecent = sharedAt !== null && isWaiting(sharedAt.getTime() + SHARE_EVERY_MS, now(), SHARE_EVERY_MS);
    if (mustShare || !isRecent) await share(store);
  };

  const end: Budgets["ended"] = (watch) => {
    const app = checking.get(watch);
    if (app !== undefined) gate.end(app);
    checking.delete(watch);
  };
  const begin = (watch: string, app: string): void => {
    // A lease that ran out can be claimed again before its check ended.
    end(watch);
    checking.set(watch, app);
    gate.begin(app, 1);
    news.add(app);
  };
  /** No watch without a known app, and no watch of another app. A name in two fleets counts twice on both sides. */
  const areAll = (apps: ReadonlyMap<string, number>): boolean =>
    apps.size > 0 && [...apps.keys()].reduce((sum, app) => sum + countOf(app), 0) >= watches.size;

  const claiming =
    (limited: Gate["limited"]) =>
    (store: Store): WatchStore["claimDue"] => {
      const claim = claimWithin({ store, limited, begin, appOf, areAll });
      return async (options) => {
        await shareSometimes(store);
        return claim(options);
      };
    };

  const paused: Gate["limited"] = () =>
    new Map([...gate.accounts().keys()].flatMap((app) => (pauseOf(app) === null ? [] : [[app, 0] as const])));

  return {
    gate,
    onUsage,
    claims: claiming((checks) => gate.limited(checks)),
    claimsForPerson: claiming(paused),
    ended: end,
    share,
    pausedUntil: (watch) => pauseOf(appOf(watch)),
    paces: () => {
      const budgets = [...gate.accounts()].map(([app, { budget }]) => [app, budget] as const);
      return pacesOf(new Map(budgets), countOf, now());
    },
    inspectForPerson: (inspect) => async (secret, needs) => {
      const app = needs.app?.id;
      if (app === undefined) return inspect(secret, needs);
      const until = pauseOf(app);
      if (until !== null) {
        const message = `Meta limits the calls of the app ${app}, so the bot does not ask now.`;
        const retryAfterMs = until.getTime() - now().getTime();
        const token = { fingerprint: fingerprintOf(secret), tail: tailOf(secret) };
        return { ok: false, failure: { kind: "throttled", message, retryAfterMs, evidence: null }, token };
      }
      gate.begin(app, 1);
      try {
        return await inspect(secret, needs);
      } finally {
        gate.end(app);
      }
    },
  };
}

/** Often enough for replicas, and seldom enough for the database. */
const SHARE_EVERY_MS = 5 * SECOND_MS;
