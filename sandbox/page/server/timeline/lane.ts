import type { HistoryEntry } from "../../../../src/alert/history.ts";
import type { ForecastMessage } from "../../../../src/watch/forecast/messages.ts";
import type { World } from "../../../world.ts";
import type { LaneView, LifeView, MomentView } from "../../protocol/timeline-view.ts";
import { ALERTS, ONCALL, WATCH_PLANS } from "../page-world.ts";
import { thresholdsOf } from "../time/next-threshold.ts";
import type { Deployed, TokenDesk } from "../world/token-desk.ts";
import { happened } from "./happened.ts";
import type { SaidWord } from "./journal.ts";
import { foretell, type ForetellInput } from "./foretell.ts";
import { causeOf, wordsOf } from "./wording.ts";

export interface LaneInput extends ForetellInput {
  readonly world: World;
  readonly desk: TokenDesk;
  readonly history: readonly HistoryEntry[];
  readonly said: readonly SaidWord[];
}

/** One watch over time: deployed tokens, past messages and forecast messages. */
export async function laneView(input: LaneInput): Promise<LaneView> {
  const { world, desk, watch, record, history, said, until } = input;
  const { slack, clock } = world;
  const channel = WATCH_PLANS.find(({ name }) => name === watch.name)?.channel ?? ALERTS;
  const deployed = desk.deployed(watch.name);
  const token = deployed.at(-1)?.token;
  const nameOf = (id: string): string => slack.people().find((person) => person.id === id)?.name ?? "somebody";
  const messages = await foretell(input);
  return {
    watch: watch.name,
    state: record?.state.failing === null ? (record.state.verdict?.state ?? "unknown") : "unknown",
    lives: livesOf(deployed),
    thresholds: (token === undefined ? [] : thresholdsOf(watch, token))
      .filter(({ at }) => at > clock.now() && at <= until)
      .map(({ at, what }) => ({ at: at.toISOString(), text: what })),
    happened: happened({ history, said, channel, nameOf }),
    // An escalation also adds a reply in the alert's thread; one line is enough for both.
    foretold: messages
      .filter(({ kind, reason }) => kind === "escalation" || reason !== "escalated")
      .map((message) => messageView(channel, message)),
  };
}

function livesOf(all: readonly Deployed[]): readonly LifeView[] {
  return all.map(({ token, from }, index): LifeView => {
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
}

function messageView(channel: string, { at, kind, reason, announced }: ForecastMessage): MomentView {
  const last = announced.at(-1);
  const said = wordsOf({
    reason,
    severity: last?.severity ?? "warning",
    state: last?.verdict.state ?? "unknown",
    cause: last === undefined ? null : causeOf(last.verdict),
    by: null,
  });
  // A reminder is always critical. It waits for reminders of other alerts, not for the end of quiet days.
  const held = last !== undefined && last.at < at && reason !== "reminder" ? ", delayed by quiet days" : "";
  return {
    at: at.toISOString(),
    ...said,
    what: `${said.what}${held}`,
    channel: kind === "escalation" ? ONCALL : channel,
  };
}
