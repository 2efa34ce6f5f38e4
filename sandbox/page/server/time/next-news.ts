import { escalationOf } from "../../../../src/app/escalation.ts";
import type { Config } from "../../../../src/config/config.ts";
import { nextReplyTimes } from "../../../../src/alert/next-reply.ts";
import { DATA_ACCESS_NOTICE_MS } from "../../../../src/token/findings/findings-expiry.ts";
import type { Verdict } from "../../../../src/token/verdict.ts";
import { nextDueAt } from "../../../../src/watch/due.ts";
import { nextRun } from "../../../../src/watch/next-run.ts";
import type { WatchRecord, WatchStore } from "../../../../src/watch/ports.ts";
import { requirementsOf } from "../../../../src/watch/requirements.ts";

/**
 * The first time after `now` at which the bot may have news, if nothing happens to a token: by its own rules, without
 * its regular checks. `now` itself while a message waits, a check fails or a watch was not checked yet.
 */
export async function nextNewsAt(
  store: Pick<WatchStore, "list" | "undelivered">,
  config: NewsConfig,
  now: Date,
): Promise<Date> {
  if ((await store.undelivered()).length > 0) return now;
  const records = await store.list();
  const ofWatches = config.watches.map((watch) => {
    const record = records.find(({ name }) => name === watch.name);
    return record === undefined ? now : newsOf(record, watch, config, now);
  });
  const { digestSchedule, timezone } = config;
  const digest = digestSchedule === undefined ? null : nextRun(digestSchedule, timezone, now);
  return new Date(Math.min(FOREVER_MS, ...[...ofWatches, ...(digest === null ? [] : [digest])].map(Number)));
}

export type NewsConfig = Pick<
  Config,
  "watches" | "app" | "repeatCriticalMs" | "alerts" | "digestSchedule" | "timezone"
>;

const FOREVER_MS = 8.64e15;

function newsOf(
  { state, unreadable }: WatchRecord,
  watch: Config["watches"][number],
  config: NewsConfig,
  now: Date,
): Date {
  const { verdict, failing } = state;
  if (unreadable !== undefined || verdict === null || failing !== null) return now;
  if (verdict.assets.some(({ failure }) => failure !== null)) return now;
  const { policy } = requirementsOf(watch, config.app);
  const rules = { policy, repeatCriticalMs: config.repeatCriticalMs, escalation: escalationOf(config) };
  const times = [...nextReplyTimes(state, rules, now), ...dataAccessTimes(verdict)];
  // A valid time even without any event: no date is later than this one.
  const noSooner = new Date(FOREVER_MS);
  return nextDueAt({ policy, checkIntervalMs: Infinity }, state, verdict, now, 0, {
    replyTimes: [...times, noSooner],
  });
}

/** The regular check finds these, because no rule names them. */
function dataAccessTimes({ token }: Verdict): readonly Date[] {
  if (token?.dataAccess.kind !== "at") return [];
  const ends = token.dataAccess.at;
  return [new Date(ends.getTime() - DATA_ACCESS_NOTICE_MS), ends];
}
