import { escalationOf } from "../../../../src/app/escalation.ts";
import { judge } from "../../../../src/token/judge.ts";
import { announcements } from "../../../../src/watch/forecast/announcements.ts";
import { tickFrom } from "../../../../src/watch/forecast/forecast-watch.ts";
import { type ForecastMessage, forecastMessages } from "../../../../src/watch/forecast/messages.ts";
import { snapshotOf } from "../../../../src/watch/snapshot-of.ts";
import type { WatchState } from "../../../../src/alert/alert.ts";
import type { WatchRecord } from "../../../../src/watch/ports.ts";
import { requirementsOf } from "../../../../src/watch/requirements.ts";
import type { Verdict } from "../../../../src/token/verdict.ts";
import type { Watch } from "../../../../src/watch/watch.ts";
import type { World } from "../../../world.ts";
import type { Ticks } from "../time/next-step.ts";
import type { TokenDesk } from "../world/token-desk.ts";
import { knownFacts } from "./known-facts.ts";

export interface ForetellInput {
  readonly world: Pick<World, "config" | "graph" | "clock">;
  readonly desk: Pick<TokenDesk, "deployed">;
  readonly ticks: Ticks;
  readonly watch: Watch;
  readonly record: WatchRecord | undefined;
  readonly until: Date;
}

/**
 * The messages that Slack would receive about a watch until `until`. They follow from the bot's own rules and the
 * current data.
 */
export async function foretell(input: ForetellInput): Promise<readonly ForecastMessage[]> {
  const { world, desk, ticks, watch, record, until } = input;
  const { config, graph, clock } = world;
  const raw = desk.deployed(watch.name).at(-1)?.raw;
  if (record === undefined || raw === undefined) return [];
  const now = clock.now();
  const { app: metaApp, unknownAfterMs, repeatCriticalMs } = config;
  const escalation = escalationOf(config);
  const facts = await knownFacts({ state: graph.state, version: config.graph.version, metaApp, now }, watch, raw);
  const nextTick = (instant: Date): Date | null => tickFrom(ticks, instant);
  const { policy } = requirementsOf(watch, metaApp);
  const newId = (): string => "foretold";
  const rules = { card: snapshotOf(watch), policy, unknownAfterMs, repeatCriticalMs, escalation, newId };
  const { state, nextDueAt } = record;
  const judgedAt = (at: Date, { aliveFingerprint }: WatchState): Verdict => {
    const result = facts(at);
    const seenAlive = result.ok && result.inspection.token.fingerprint === aliveFingerprint;
    return judge(result, policy, at, seenAlive);
  };
  const { checkIntervalMs } = watch;
  const course = { state, nextDueAt, checkIntervalMs, rules, policy, judgedAt, tickFrom: nextTick, from: now, until };
  const posted = state.alert !== null && state.alert.resolvedAt === null;
  const escalates = escalation.routes.length > 0;
  return forecastMessages(announcements(course), { quiet: config.alerts.quiet, tickFrom: nextTick, posted, escalates });
}
