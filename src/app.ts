// The composition root: builds every part in the order of dependencies, and is the only module that knows all parts.
// Construction opens nothing; start opens the parts, and stop closes them in reverse order. It may import every folder
// except cli/ (config/ and guide/ only as types). To add a part: create it in order, defer its closing at once, and
// pass it to the parts that need it.
import { setTimeout as sleep } from "node:timers/promises";
import type { Receiver } from "@slack/bolt";
import type { Logger } from "pino";
import type { Dispatcher } from "undici";
import { createAfterRound } from "./app/after-round.ts";
import { alertDeps } from "./app/alerts.ts";
import { createClock } from "./app/clock.ts";
import { createDelivery, type OpenedStore } from "./app/delivery.ts";
import { escalationOf } from "./app/escalation.ts";
import { inTime } from "./app/in-time.ts";
import { createInspection } from "./app/inspection.ts";
import { createObservation } from "./app/observation.ts";
import { openStore } from "./app/open-store.ts";
import { peopleDeps } from "./app/people.ts";
import { createRounds, type RoundOptions } from "./app/rounds.ts";
import { createSaveTrouble, saveTroubleChannels, watchSaving } from "./app/save-trouble.ts";
import { slackModeOf } from "./app/slack-mode.ts";
import { startTogether } from "./app/start-together.ts";
import { ownTroubleAfter, storeProblemAfter } from "./app/store-problem.ts";
import { syncWatchlist } from "./app/watchlist.ts";
import type { Config } from "./config/config.ts";
import { createLogger } from "./log.ts";
import { createFetch } from "./network/fetch.ts";
import { VERSION } from "./version.ts";
import { createSlack } from "./slack/transport/bolt.ts";
import { createAlertClient } from "./slack/transport/clients.ts";
import type { RecheckOutcome } from "./slack/requests/deps.ts";
import { createHomeRefresh, type HomeRefresh } from "./slack/home/refresh.ts";
import { createSaveNotice } from "./slack/messages/notice/cannot-save.ts";
import { registerListeners } from "./slack/requests/register.ts";
import { createChecker } from "./watch/checker.ts";
import { createCourier } from "./outbox/courier.ts";
import type { DeliverySummary, Pass } from "./outbox/deliver.ts";
import { createLeaseKeeper } from "./watch/lease-keeper.ts";
import type { WatchStore } from "./watch/ports.ts";
import { quietUntil } from "./outbox/quiet.ts";
import { createRests } from "./outbox/rests.ts";
import type { RoundSummary, StoreProblem } from "./watch/round.ts";
import { createScheduler } from "./watch/scheduler.ts";

/** Replacements for the outside world in tests and demos. */
export interface Overrides {
  readonly now?: () => Date;
  readonly dispatcher?: Dispatcher;
  readonly receiver?: Receiver;
  /** Used instead of DATABASE_URL. `stop` closes it. */
  readonly store?: WatchStore;
  /** The process environment, for `env:` sources. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The path of `.env`, for `env:` sources whose variable comes from that file. */
  readonly dotenvPath?: string;
  readonly log?: Logger;
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export interface WaToken {
  /**
   * Throws when the store or a port is not available, or Slack refuses the credentials. Then closes everything again.
   */
  start(options?: StartOptions): Promise<void>;
  /** Accepts no new work and waits for running work. Does nothing when the bot does not run. */
  stop(): Promise<void>;
  /** Runs one round and delivers its messages. Before `start`, it opens the store itself, next to a running bot. */
  round(which: "due" | "all", options?: Pick<StartOptions, "allowEmpty">): Promise<AppRound>;
}

export interface AppRound {
  readonly round: RoundSummary;
  /** Undefined for a running bot, because its courier delivers beside the rounds and logs each pass. */
  readonly delivery: DeliverySummary | undefined;
}

export function createApp(config: Config, overrides: Overrides = {}): WaToken {
  const { now: machineNow = () => new Date(), wait = realWait, env = {}, dotenvPath, dispatcher, receiver } = overrides;
  const log = overrides.log ?? createLogger({ level: config.logLevel });
  const clock = createClock(machineNow, log);
  const { now } = clock;
  const observation = createObservation(config, { now, log });
  const inspection = createInspection(config, {
    now,
    wait,
    dispatcher,
    env,
    dotenvPath,
    onRequest: observation.onRequest,
    log,
  });

  /**
   * Opens the store and starts to keep this program's leases. The stack ends both. A single round does not close a
   * store that was passed in.
   */
  const openedStore = async (opened: AsyncDisposableStack, exclusive: boolean): Promise<OpenedStore> => {
    const store = overrides.store ?? (await openStore(config, { exclusive, log }));
    if (exclusive || overrides.store === undefined) opened.defer(() => store.close());
    await clock.correct(store);
    const leases = createLeaseKeeper({ machineNow, wait, log });
    opened.defer(() => leases.stop());
    await leases.start(store);
    return { store, leases };
  };

  const escalation = escalationOf(config);
  const quietEnd = (at: Date): Date | null => quietUntil(config.alerts.quiet, at);
  const rests = createRests(Math.random);
  const deliver = createDelivery(config, { now, wait, quietUntil: quietEnd, rests, log });
  const outbound = createFetch(config.proxies);
  const { fetch } = outbound;
  const afterRound = createAfterRound(config, { now, fetch, log });
  const rounds = createRounds(config, { inspection, observation, clock, escalation, afterRound, log });

  const { botToken } = config.slack;
  const clientOptions = () => {
    if (botToken === undefined) throw new Error("SLACK_BOT_TOKEN is not set. The bot needs it to post in Slack.");
    return { botToken, apiUrl: config.slack.apiUrl, log, fetch };
  };

  const syncInto = (store: WatchStore, options: { readonly removes: boolean; readonly allowEmpty: boolean }) =>
    syncWatchlist({ store, watches: config.watches, metaApp: config.app, now: now(), ...options });

  let running: { readonly opened: AsyncDisposableStack; readonly round: WaToken["round"] } | undefined;

  /** Returns undefined when the start was cancelled. The stack then closes everything. */
  const open = async (
    opened: AsyncDisposableStack,
    { allowEmpty = false, signal }: StartOptions,
  ): Promise<WaToken["round"] | undefined> => {
    opened.defer(() => inspection.close());
    opened.defer(() => outbound.close());
    if (signal?.aborted === true) return undefined;
    const kept = await openedStore(opened, true);
    const { store, leases } = kept;
    let synced = false;
    /** Waits for a clock that was set, because it stores the times at which watches are added and removed. */
    const syncOnce = async (): Promise<void> => {
      if (synced || clock.problem() !== null) return;
      await syncInto(store, { removes: true, allowEmpty });
      synced = true;
    };
    await syncOnce();
    if (config.watches.length === 0) log.info("no watch is configured; the commands still work");

    const { proxies } = config;
    const slack = createSlack({ ...clientOptions(), proxies, mode: slackModeOf(config), now, wait, receiver });
    let homes: HomeRefresh | undefined;
    const changed = (): void => homes?.request();
    /** Also refreshes the Home, because it shows which messages could not be delivered. */
    const deliverNow = async (pass: Pass): Promise<void> => {
      const toSlack = { client: slack.alerts, links: () => slack.installation()?.url };
      const delivery = await deliver(kept, toSlack, pass);
      if (Object.values(delivery).some((count) => count > 0)) changed();
    };
    /** With a clock that was never set, a round would send alerts with wrong times. */
    const clockProblem = async (): Promise<string | null> => {
      if (clock.problem() === null) return null;
      await clock.correct(store);
      const problem = clock.problem();
      if (problem !== null) log.warn({ problem }, "no round runs until the clock is set");
      return problem;
    };
    const roundNow = async (options: RoundOptions): Promise<RoundSummary> => {
      const round = await rounds.full(store, options);
      if (Object.keys(round.changes).length > 0) changed();
      return round;
    };
    const courier = createCourier({ deliver: deliverNow, wait, nextTryAt: () => rests.nextAt(), now, log });
    let storeProblem: StoreProblem | null = null;
    let ownTrouble: string | null = null;
    const scheduler = createScheduler({
      schedule: config.schedule,
      timezone: config.timezone,
      round: async (stopping) => {
        const unset = await clockProblem();
        if (unset !== null) return unset;
        await syncOnce();
        const round = await roundNow({ which: "due", signal: stopping, speaks: true });
        storeProblem = storeProblemAfter(storeProblem, round);
        ownTrouble = ownTroubleAfter(ownTrouble, round);
        return storeProblem?.message ?? ownTrouble;
      },
      wake: () => courier.wake(),
      now,
      wait,
      log,
    });
    leases.onFreed(() => {
      if (scheduler.hurry()) courier.wake();
    });
    const closeOps = await observation.open({ store, slack, scheduler });
    opened.defer(closeOps);

    const recall = async (name: string) => (await store.find(name))?.state;
    const { watches, defaults } = config;
    const checker = createChecker({ ...inspection, watches, defaults, recall, log });
    const { readSource } = inspection;
    const onResponse = (): void => {
      courier.wake();
      changed();
    };
    const alerts = alertDeps({ store, onResponse, now });
    const recheck = async (name: string): Promise<RecheckOutcome> => {
      const { checked, failed } = await rounds.one(store, name);
      if (checked > 0) return "checked";
      return failed > 0 ? "failed" : "busy";
    };
    const notice = createSaveNotice({ client: slack.alerts, timezone: config.timezone, log });
    const checkSaving = createSaveTrouble({ store, notice, channels: saveTroubleChannels(config), now, log });
    const watching = new AbortController();
    opened.defer(() => watching.abort());
    void watchSaving(checkSaving, wait, watching.signal);
    const parts = { slack, store, checker, alerts, recheck, changed, quietUntil: quietEnd, readSource, now, wait, log };
    const people = await peopleDeps(config, parts);
    homes = createHomeRefresh({ ...people, wait });
    registerListeners(slack.app, people);
    slack.app.error(async (error) => {
      log.error({ err: error }, "a request from Slack failed");
    });
    opened.defer(async () => {
      const ended = await Promise.all([
        scheduler.stop(STOP_WITHIN_MS),
        courier.stop(STOP_WITHIN_MS),
        inTime(Promise.all([slack.stop(), homes?.stop()]), STOP_WITHIN_MS),
      ]);
      if (ended.includes(false)) log.warn("stopped before all running work ended");
    });
    if (!(await startTogether({ slack, scheduler, wait }, signal))) return undefined;
    return async (which) => {
      const round = await roundNow({ which, speaks: false });
      courier.wake();
      await courier.idle();
      return { round, delivery: undefined };
    };
  };

  const roundBeside: WaToken["round"] = async (which, { allowEmpty = false } = {}) => {
    await using opened = new AsyncDisposableStack();
    opened.defer(() => inspection.close());
    opened.defer(() => outbound.close());
    const client = createAlertClient(clientOptions());
    const kept = await openedStore(opened, false);
    const { store } = kept;
    const unset = clock.problem();
    if (unset !== null) throw new Error(unset);
    await syncInto(store, { removes: false, allowEmpty });
    const round = await rounds.full(store, { which, speaks: false });
    return { round, delivery: await deliver(kept, { client, links: () => undefined }) };
  };

  return {
    start: async (options = {}) => {
      if (running !== undefined) throw new Error("The bot is already running.");
      await using opened = new AsyncDisposableStack();
      const round = await open(opened, options);
      if (round === undefined) {
        await opened.disposeAsync();
        log.info("wa-token stopped during its start");
        return;
      }
      running = { opened: opened.move(), round };
      log.info({ version: VERSION, watches: config.watches.length }, "wa-token runs");
    },
    stop: async () => {
      const stopping = running;
      running = undefined;
      if (stopping === undefined) return;
      await stopping.opened.disposeAsync();
      log.info("wa-token stopped");
    },
    round: (which, options) => (running === undefined ? roundBeside(which, options) : running.round(which)),
  };
}

/** Running work has this much time to finish. The whole stop then takes less than ten seconds. */
const STOP_WITHIN_MS = 7_000;

interface StartOptions {
  /** Accept an empty watchlist although the store has watches. */
  readonly allowEmpty?: boolean;
  /** When aborted, the start ends early and closes everything again. */
  readonly signal?: AbortSignal;
}

/** Waits in real time. An aborted wait ends early and does not throw, because every caller checks the signal. */
function realWait(ms: number, signal?: AbortSignal): Promise<void> {
  return sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}
