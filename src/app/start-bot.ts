import { createCourier, type Courier } from "../outbox/courier.ts";
import { createHomeRefresh, type HomeRefresh } from "../slack/home/refresh.ts";
import { createSaveNotice } from "../slack/messages/notice/cannot-save.ts";
import { registerListeners } from "../slack/requests/register.ts";
import { createSlack, type Slack } from "../slack/transport/bolt.ts";
import { createChecker } from "../watch/checker.ts";
import { bookOf } from "../watch/watch-book.ts";
import { actionsOf } from "../renewal/rules/next-step.ts";
import type { ProgramRenewer } from "../renewal/create-renewer.ts";
import type { WatchStore } from "../watch/ports.ts";
import type { RoundSummary } from "../watch/round.ts";
import type { Scheduler } from "../watch/scheduler.ts";
import { alertDeps } from "./alerts.ts";
import type { OpenedStore } from "./delivery.ts";
import { inTime } from "../token/in-time.ts";
import { openLeasedStore } from "./leased-store.ts";
import { keepReading } from "./fleets/keep-reading.ts";
import { deferConnections, type Parts, slackAccess } from "./parts.ts";
import { shownDeps, type ShownDeps } from "./people.ts";
import { openRenewer, renewAfterRound } from "./renewal/renewing.ts";
import type { RoundOptions } from "./rounds.ts";
import { createSaveTrouble, saveTroubleChannels, watchSaving } from "./save-trouble.ts";
import { scheduleRounds } from "./schedule.ts";
import { slackModeOf } from "./slack-mode.ts";
import { startTogether } from "./start-together.ts";
import { syncWatchlist } from "./watchlist.ts";

export interface StartOptions {
  /** Accept an empty watchlist although the store has watches. */
  readonly allowEmpty?: boolean;
  /** When aborted, the start ends early and closes everything again. */
  readonly signal?: AbortSignal;
}

/** Runs one round, and waits until the courier has delivered its messages. */
export type RunningRound = (which: "due" | "all") => Promise<RoundSummary>;

/**
 * Starts the bot, one phase after the other. Each phase leaves its closing on the stack. Returns undefined when the
 * start was cancelled. The stack then closes everything.
 */
export async function startBot(
  parts: Parts,
  opened: AsyncDisposableStack,
  { allowEmpty = false, signal }: StartOptions,
): Promise<RunningRound | undefined> {
  deferConnections(parts, opened);
  if (signal?.aborted === true) return undefined;
  const kept = await openLeasedStore(parts, opened, true);
  parts.fleets.attach(kept.store, { removes: true });
  const syncOnce = createSyncOnce(parts, kept.store, allowEmpty);
  await syncOnce();
  if (parts.config.watches.length + parts.config.fleets.length === 0)
    parts.log.info("no watch is configured; the commands still work");
  const link = await linkSlack(parts, kept.store);
  const courier = createBotCourier(parts, kept, link);
  const stopping = new AbortController();
  const renewer = openBotRenewer(parts, kept.store, { ...link, courier }, stopping.signal);
  const runRound = createRunRound(parts, kept.store, { ...link, renewer });
  const scheduler = scheduleRounds(parts, kept, { courier, runRound, syncOnce });
  const bot: Bot = { ...kept, ...link, courier, scheduler, renewer, stopping };
  opened.defer(await parts.observation.open({ ...bot, paces: parts.budgets.paces, fleets: parts.fleets }));
  watchSaves(parts, opened, bot);
  wirePeople(parts, bot);
  const fleetsRead = keepReading(parts, opened, scheduler);
  opened.defer(() => stopWork(parts, bot));
  if (!(await startTogether({ ...bot, fleetsRead, wait: parts.wait }, signal))) return undefined;
  return async (which) => {
    const round = await runRound({ which, isRunningBot: false });
    courier.wake();
    await courier.idle();
    return round;
  };
}

interface Link {
  readonly slack: Slack;
  readonly shown: ShownDeps;
  readonly homes: HomeRefresh;
}

interface Bot extends OpenedStore, Link {
  readonly courier: Courier;
  readonly scheduler: Scheduler;
  readonly renewer: ProgramRenewer;
  /** Aborted when the bot stops, so that no renewal is polled further. */
  readonly stopping: AbortController;
}

/**
 * Saves the watches of the watchlist, without its fleets. Does nothing until the clock is set, because it stores the times
 * at which watches are added and removed.
 */
function createSyncOnce({ config, clock, now }: Parts, store: WatchStore, allowEmpty: boolean) {
  const { app: metaApp } = config;
  const watches = bookOf(config.watches);
  const hasFleets = config.fleets.length > 0;
  let isDone = false;
  return async (): Promise<void> => {
    if (isDone || clock.problem() !== null) return;
    // A watch that is not in the watchlist may be in a fleet, so the fleets remove.
    const removes = !hasFleets;
    await syncWatchlist({ store, watches, metaApp, now: now(), removes, allowEmpty: allowEmpty || hasFleets });
    isDone = true;
  };
}

/** Creates the connection to Slack, which `startTogether` opens, and the Homes in it. */
async function linkSlack(parts: Parts, store: WatchStore): Promise<Link> {
  const { config, inspection, now, wait, receiver } = parts;
  const access = slackAccess(parts);
  const { troubles: fleetTroubles } = parts.fleets;
  const { paces } = parts.budgets;
  const slack = createSlack({ ...access, proxies: config.proxies, mode: slackModeOf(config), now, wait, receiver });
  const shown = await shownDeps(config, {
    ...parts,
    fleetTroubles,
    paces,
    slack,
    store,
    readSource: inspection.readSource,
  });
  return { slack, shown, homes: createHomeRefresh({ ...shown, wait }) };
}

/** Delivers beside the rounds. A delivery also refreshes the Homes, because they show what was not delivered. */
function createBotCourier(
  { deliver, rests, now, wait, log }: Parts,
  kept: OpenedStore,
  { slack, homes }: Link,
): Courier {
  const toSlack = { client: slack.alerts, links: () => slack.installation()?.url };
  return createCourier({
    deliver: async (pass) => {
      const delivery = await deliver(kept, toSlack, pass);
      if (Object.values(delivery).some((count) => count > 0)) homes.request();
    },
    nextTryAt: () => rests.nextAt(),
    now,
    wait,
    log,
  });
}

/** Renews beside the requests of people. Each saved step wakes the courier, which shows it in Slack. */
function openBotRenewer(
  parts: Parts,
  store: WatchStore,
  { courier, homes }: Pick<Bot, "courier" | "homes">,
  signal: AbortSignal,
): ProgramRenewer {
  return openRenewer(parts, store, {
    background: true,
    onSaved: (renewal, ends) => {
      courier.wake();
      homes.request();
      if (ends) parts.observation.onRenewed(renewal);
    },
    signal,
  });
}

/** A round of the running bot, and then the renewals. A single round from the command line makes new reads only. */
function createRunRound({ rounds, log }: Parts, store: WatchStore, { homes, renewer }: Pick<Bot, "homes" | "renewer">) {
  return async (options: RoundOptions): Promise<RoundSummary> => {
    const round = await rounds.full(store, { ...options, usesEarlierReads: true });
    if (Object.keys(round.changes).length > 0) homes.request();
    await renewAfterRound(renewer, round, { signal: options.signal, log });
    return round;
  };
}

/** Reports in Slack when the store rejects writes, from now until the stack closes. */
function watchSaves(
  { config, now, wait, log }: Parts,
  opened: AsyncDisposableStack,
  { store, slack }: Pick<Bot, "store" | "slack">,
): void {
  const notice = createSaveNotice({ client: slack.alerts, timezone: config.timezone, log });
  const checkSaving = createSaveTrouble({ store, notice, channels: saveTroubleChannels(config), now, log });
  const watching = new AbortController();
  opened.defer(() => watching.abort());
  void watchSaving(checkSaving, wait, watching.signal);
}

/** Connects people's commands, buttons and forms to the rounds, the store and the courier. */
function wirePeople(
  { config, watches, inspection, budgets, rounds, now, log }: Parts,
  { store, slack, shown, homes, courier, renewer }: Bot,
): void {
  const { defaults } = config;
  const changed = (): void => homes.request();
  const onResponse = (): void => {
    courier.wake();
    changed();
  };
  const inspect = budgets.inspectForPerson(inspection.inspect);
  const recall = async (name: string) => (await store.find(name))?.state;
  registerListeners(slack.app, {
    ...shown,
    checker: createChecker({ ...inspection, inspect, watches, defaults, recall, log }),
    alerts: alertDeps({ store, onResponse, now }),
    recheck: async (name) => {
      // A fleet that is not read yet may have it.
      if (!watches.has(name)) return "failed";
      const { checked, failed } = await rounds.one(store, name);
      if (checked > 0) return "checked";
      if (failed === 0 && budgets.pausedUntil(name) !== null) return "limited";
      return failed > 0 ? "failed" : "busy";
    },
    changed,
    renewals:
      config.slack.adminUsers === undefined
        ? undefined
        : { renewer, byId: (id) => store.renewalById(id), offered: actionsOf },
  });
  slack.app.error(async (error) => {
    log.error({ err: error }, "a request from Slack failed");
  });
}

/** Accepts no new work and waits for running work, in all parts at once. */
async function stopWork({ log }: Parts, { scheduler, courier, slack, homes, renewer, stopping }: Bot): Promise<void> {
  stopping.abort();
  const ended = await Promise.all([
    inTime(renewer.idle(), STOP_WITHIN_MS),
    scheduler.stop(STOP_WITHIN_MS),
    courier.stop(STOP_WITHIN_MS),
    inTime(Promise.all([slack.stop(), homes.stop()]), STOP_WITHIN_MS),
  ]);
  if (ended.includes(false)) log.warn("stopped before all running work ended");
}

/** Running work has this much time to finish. The whole stop then takes less than ten seconds. */
const STOP_WITHIN_MS = 7_000;
