import type { WatchState } from "../../alert/alert.ts";
import type { Escalation } from "../../alert/escalate.ts";
import type { QuietRules } from "../../outbox/quiet.ts";
import { judge } from "../../token/judge.ts";
import { judgeLater } from "../../token/judge-later.ts";
import type { Policy } from "../../token/policy.ts";
import type { Verdict } from "../../token/verdict.ts";
import { nextRun } from "../next-run.ts";
import type { WatchRecord } from "../ports.ts";
import { type MetaApp, requirementsOf } from "../requirements.ts";
import { snapshotOf } from "../snapshot-of.ts";
import type { Watch } from "../watch.ts";
import type { Renewal } from "../../renewal/renewal.ts";
import { type Announcement, announcements } from "./announcements.ts";
import { type ForecastMessage, forecastMessages } from "./messages.ts";
import { type OwnRefresh, ownRefresh } from "./own-refresh.ts";

/** The configuration that all watches share. */
export interface ForecastRules {
  readonly metaApp: MetaApp | undefined;
  readonly unknownAfterMs: number;
  readonly repeatCriticalMs: number;
  readonly escalation: Escalation;
  readonly quiet: QuietRules | undefined;
  /** The cron expression of the checks. */
  readonly schedule: string;
  readonly timezone: string;
}

export interface Period {
  readonly from: Date;
  readonly until: Date;
}

/** What limits the forecast of a watch, or explains why it has no messages. */
export type Remark =
  /** The store has no check of this watch, so nothing can be said. */
  | "never_checked"
  /** The store's data of this watch cannot be read, so nothing can be said. */
  | "unreadable"
  /** The last check failed. The forecast assumes that checks keep failing. */
  | "failing"
  /** Meta did not say when the token expires. Its expiry cannot be forecast. */
  | "end_not_known"
  | "never_expires"
  /** The bot refreshes the token by itself. The forecast ends with that, or assumes that it fails. */
  | NonNullable<OwnRefresh["remark"]>
  /** An update of the alert waits for its delivery. The forecast does not contain this update. */
  | "waiting";

export interface WatchForecast {
  readonly messages: readonly ForecastMessage[];
  readonly remarks: readonly Remark[];
}

/**
 * Forecasts the messages about one watch from its stored state, without asking Meta. Pure. The messages of renewals are
 * not part of it.
 * @param last the latest renewal of the watch
 */
export function forecastWatch(
  configured: Watch,
  record: WatchRecord | undefined,
  rules: ForecastRules,
  { from, until }: Period,
  last?: Renewal,
): WatchForecast {
  if (record?.unreadable !== undefined) return { messages: [], remarks: ["unreadable"] };
  const { state, nextDueAt } = record ?? {};
  if (state === undefined || nextDueAt === undefined || (state.verdict === null && state.failing === null))
    return { messages: [], remarks: ["never_checked"] };
  const { unknownAfterMs, repeatCriticalMs, escalation, quiet } = rules;
  const nextTick = (instant: Date): Date | null => tickFrom(rules, instant);
  const { warnAt, succeedsAt, remark } = ownRefresh(configured, state, last, from, nextTick);
  const watch = { ...configured, policy: { ...configured.policy, warnAt } };
  const { policy } = requirementsOf(watch, rules.metaApp);
  const end = succeedsAt !== null && succeedsAt < until ? succeedsAt : until;
  const announced = announcements({
    state,
    nextDueAt,
    checkIntervalMs: watch.checkIntervalMs,
    rules: { card: snapshotOf(watch), policy, unknownAfterMs, repeatCriticalMs, escalation, newId: () => "forecast" },
    policy,
    judgedAt: (at) => sameAnswerAt(state, policy, at),
    tickFrom: nextTick,
    from,
    until: end,
  });
  const first = undelivered(state, sameAnswerAt(state, policy, from), from);
  const messages = forecastMessages([...first, ...announced], {
    quiet,
    tickFrom: nextTick,
    posted: state.alert !== null && state.alert.resolvedAt === null && first.length === 0,
    escalates: escalation.routes.length > 0,
  });
  const isWaiting = record?.owed === true && first.length === 0;
  return {
    messages: messages.filter(({ at }) => at <= end),
    remarks: [...remarksOf(state), ...(remark === null ? [] : [remark]), ...(isWaiting ? (["waiting"] as const) : [])],
  };
}

/** The first tick of a schedule at or after an instant; null when there is none. */
export function tickFrom(
  { schedule, timezone }: Pick<ForecastRules, "schedule" | "timezone">,
  instant: Date,
): Date | null {
  return nextRun(schedule, timezone, new Date(instant.getTime() - 1));
}

/** The verdict of a check at an instant if Meta answers as it did last. */
function sameAnswerAt({ verdict, failing }: WatchState, policy: Policy, at: Date): Verdict {
  if (failing !== null) return judge({ ok: false, failure: failing.failure, token: null }, policy, at);
  if (verdict === null) throw new TypeError("a watch without a check has no forecast");
  return judgeLater(verdict, policy, at);
}

/** The first message of an alert that Slack has not accepted yet. It is still to come. */
function undelivered({ alert }: WatchState, verdict: Verdict, from: Date): readonly Announcement[] {
  if (alert === null || alert.resolvedAt !== null || alert.acceptedAt !== null) return [];
  const reason = alert.kind === "problem" ? "first" : "not_checked";
  return [{ at: from, reason, severity: alert.severity, alert, verdict }];
}

function remarksOf({ verdict, failing }: WatchState): readonly Remark[] {
  if (failing !== null) return ["failing"];
  if (verdict?.alive !== true) return [];
  const kind = verdict.token?.expiry.kind ?? "not_known";
  return kind === "at" ? [] : [kind === "never" ? "never_expires" : "end_not_known"];
}
