import type { Renewal } from "../../renewal/renewal.ts";
import { refreshObstacle } from "../../renewal/rules/preparation.ts";
import { hasFailedRefresh, speakingThresholds, spreadOf, unattendedFrom } from "../../renewal/rules/unattended.ts";
import type { WatchState } from "../../alert/alert.ts";
import type { Policy } from "../../token/policy.ts";
import type { Watch } from "../watch.ts";

/** What a forecast assumes about the refreshes that the bot starts by itself. */
export interface OwnRefresh {
  /** The thresholds that warn, as for the bot. */
  readonly warnAt: Policy["warnAt"];
  /** The refresh that succeeds. Null: none is assumed. */
  readonly succeedsAt: Date | null;
  /** `refreshes_itself`: a refresh succeeds. `refresh_fails`: each one fails. Null: the bot refreshes nothing here. */
  readonly remark: "refreshes_itself" | "refresh_fails" | null;
}

/**
 * A refresh succeeds, unless the last one failed or the token has another problem than its end, which a new token would
 * have too. While checks fail, the forecast assumes that Meta refreshes nothing either. Pure.
 * @param last the latest renewal of the watch
 * @param tickFrom the first round at or after an instant; null when there is none
 */
export function ownRefresh(
  { policy, renew }: Pick<Watch, "policy" | "renew">,
  { verdict, failing }: WatchState,
  last: Renewal | undefined,
  from: Date,
  tickFrom: (instant: Date) => Date | null,
): OwnRefresh {
  const warnAt = speakingThresholds(policy.warnAt, renew, verdict, last);
  const none = { warnAt, succeedsAt: null, remark: null } as const;
  if (renew.write === undefined || renew.beforeMs === undefined || failing !== null) return none;
  if (verdict === null || refreshObstacle(verdict) !== null) return none;
  const isWell = verdict.state === "healthy" || verdict.state === "expiring";
  if (!isWell || hasFailedRefresh(last)) return { ...none, remark: "refresh_fails" };
  // An open renewal ends by itself within days, long before the next refresh.
  const ended = last?.endedAt === null ? undefined : last;
  const due = unattendedFrom(verdict, renew, ended, spreadOf(verdict.token?.fingerprint ?? ""));
  // A person stopped the refreshes of this token.
  if (due === null) return none;
  const round = tickFrom(due.from > from ? due.from : from);
  const isInTime = round !== null && round < due.until;
  return { warnAt, succeedsAt: isInTime ? round : null, remark: isInTime ? "refreshes_itself" : "refresh_fails" };
}
