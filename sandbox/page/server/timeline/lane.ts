import type { HistoryEntry } from "../../../../src/watch/history.ts";
import type { WatchRecord } from "../../../../src/watch/ports.ts";
import { cardOf } from "../../../../src/watch/card.ts";
import { standardOf } from "../../../../src/watch/standard.ts";
import type { Watch } from "../../../../src/watch/watch.ts";
import { escalationOf } from "../../../../src/app/escalation.ts";
import type { World } from "../../../world.ts";
import type { LaneView, LifeView, MomentView } from "../../shared/timeline-view.ts";
import { ALERTS, ONCALL, WATCH_PLANS } from "../page-world.ts";
import { tickFrom, type Ticks } from "../time/next-step.ts";
import { thresholdsOf } from "../time/next-threshold.ts";
import type { Deployed, TokenDesk } from "../world/token-desk.ts";
import { forecast } from "./forecast.ts";
import { happened } from "./happened.ts";
import type { SaidWord } from "./journal.ts";
import { knownFacts } from "./known-facts.ts";
import { type ToldMessage, toldMessages } from "./told.ts";
import { wordsOf } from "./wording.ts";

export interface LaneInput {
  readonly world: World;
  readonly desk: TokenDesk;
  readonly ticks: Ticks;
  readonly watch: Watch;
  readonly record: WatchRecord | undefined;
  readonly history: readonly HistoryEntry[];
  readonly said: readonly SaidWord[];
  readonly until: Date;
}

const livesOf = (all: readonly Deployed[]): readonly LifeView[] =>
  all.map(({ token, from }, index): LifeView => {
    const replacedAt = all[index + 1]?.from;
    const { expiresAt, issuedAt, standing, label } = token;
    const end = replacedAt ?? (expiresAt === "never" ? null : expiresAt);
    return {
      from: (index === 0 ? issuedAt : from).toISOString(),
      to: end?.toISOString() ?? null,
      label,
      cutShort: replacedAt !== undefined || standing.kind !== "alive",
    };
  });

/** What Slack would get about a watch up to then, by the bot's own rules on what is known now. */
async function foretold(input: Omit<LaneInput, "history" | "said">): Promise<readonly ToldMessage[]> {
  const { world, desk, ticks, watch, record, until } = input;
  const { config, graph, clock } = world;
  const raw = desk.deployed(watch.name).at(-1)?.raw;
  if (record === undefined || raw === undefined) return [];
  const now = clock.now();
  const { app: metaApp, unknownAfterMs, repeatCriticalMs } = config;
  const escalation = escalationOf(config);
  const facts = await knownFacts({ state: graph.state, version: config.graph.version, metaApp, now }, watch, raw);
  const nextTick = (instant: Date): Date | null => tickFrom(ticks, instant);
  const { policy } = standardOf(watch, metaApp);
  const newId = (): string => "foretold";
  const rules = { card: cardOf(watch), policy, unknownAfterMs, repeatCriticalMs, escalation, newId };
  const { state, nextDueAt } = record;
  const words = forecast({ state, nextDueAt, rules, policy, facts, tickFrom: nextTick, from: now, until });
  const posted = state.alert !== null && state.alert.resolvedAt === null;
  const escalates = escalation.routes.length > 0;
  return toldMessages(words, { quiet: config.alerts.quiet, tickFrom: nextTick, posted, escalates });
}

const messageView = (channel: string, { at, kind, reason, words }: ToldMessage): MomentView => {
  const last = words.at(-1);
  const said = wordsOf({ reason, severity: last?.severity ?? "warning", cause: last?.cause ?? null, by: null });
  const held = last !== undefined && last.at < at ? " (waited for quiet days to end)" : "";
  return {
    at: at.toISOString(),
    tone: said.tone,
    what: `${said.what}${held}`,
    channel: kind === "escalation" ? ONCALL : channel,
  };
};

/** One watch over time: what is deployed, what was said, and what would be. */
export async function laneView(input: LaneInput): Promise<LaneView> {
  const { world, desk, watch, record, history, said, until } = input;
  const { slack, clock } = world;
  const channel = WATCH_PLANS.find(({ name }) => name === watch.name)?.channel ?? ALERTS;
  const deployed = desk.deployed(watch.name);
  const token = deployed.at(-1)?.token;
  const nameOf = (id: string): string => slack.people().find((person) => person.id === id)?.name ?? "somebody";
  const messages = await foretold(input);
  return {
    watch: watch.name,
    state: record?.state.failing === null ? (record.state.verdict?.state ?? "unknown") : "unknown",
    lives: livesOf(deployed),
    thresholds: (token === undefined ? [] : thresholdsOf(watch, token))
      .filter(({ at }) => at > clock.now() && at <= until)
      .map(({ at, what }) => ({ at: at.toISOString(), text: what })),
    happened: happened({ history, said, channel, nameOf }),
    // The thread of an alert that is passed on says so, too; one line is enough.
    foretold: messages
      .filter(({ kind, reason }) => kind === "escalation" || reason !== "escalated")
      .map((message) => messageView(channel, message)),
  };
}
