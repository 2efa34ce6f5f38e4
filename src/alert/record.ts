import type { State } from "../token/findings/finding.ts";
import type { InspectionFailure } from "../token/inspection.ts";
import { tellingFindings } from "../token/telling.ts";
import { unreadAssets } from "../token/unread.ts";
import type { Alert, Change, WatchState } from "./alert.ts";
import { isAboutIds } from "../token/known.ts";
import type { HistoryEntry } from "./history.ts";

/** The history line of a round; undefined when nothing changed. A reminder changes nothing. */
export function recordMove(
  watch: string,
  before: WatchState,
  after: WatchState,
  change: Change,
  now: Date,
): HistoryEntry | undefined {
  const [from, to] = [shownState(before), shownState(after)];
  const reason = "reason" in change ? change.reason : "edited";
  if (reason === "reminder" || (reason === "edited" && from === to)) return undefined;
  const person = { by: null, remark: null, until: null };
  return { watch, at: now, alert: after.alert?.id ?? null, reason, from, to, ...why(after), ...person };
}

/** The history line for a change outside a round: a person's response, or the removal of the watch. */
export function recordOutsideRound(
  alert: Alert,
  fields: Pick<HistoryEntry, "reason" | "by"> & Partial<Pick<HistoryEntry, "remark" | "until">>,
  now: Date,
): HistoryEntry {
  const state = shownState({ verdict: alert.verdict, alert });
  const said = { watch: alert.card.name, at: now, alert: alert.id, from: state, to: state };
  return { ...said, cause: null, evidence: null, remark: null, until: null, ...fields };
}

type Why = Pick<HistoryEntry, "cause" | "evidence">;

/** The shown state of a watch: that of its last answer, or `unknown` while its alert says that checks fail. */
function shownState({ verdict, alert }: Pick<WatchState, "verdict" | "alert">): State {
  return alert !== null && alert.resolvedAt === null && alert.failing !== null
    ? "unknown"
    : (verdict?.state ?? "unknown");
}

function ofFailure(failure: InspectionFailure): Why {
  return {
    cause: { kind: "failure", failure },
    evidence: failure.evidence,
  };
}

function why({ verdict, alert }: WatchState): Why {
  const failing = alert?.resolvedAt === null ? alert.failing?.failure : undefined;
  if (failing !== undefined) return ofFailure(failing);
  if (verdict === null) return { cause: null, evidence: null };
  const [leading] = tellingFindings(verdict);
  // The failure of the read explains more than the finding that an ID was not read.
  const isUnread = (alert !== null && isAboutIds(alert)) || leading?.code === "reach_not_checked";
  const [unread] = isUnread ? unreadAssets(verdict) : [];
  if (unread !== undefined) return ofFailure(unread.failure);
  return leading === undefined
    ? { cause: null, evidence: verdict.evidence }
    : { cause: { kind: "finding", finding: leading }, evidence: leading.evidence ?? verdict.evidence };
}
