import type { State } from "../token/finding.ts";
import type { Evidence } from "../token/inspection.ts";
import { tellingFindings } from "../token/telling.ts";
import { unreadAssets } from "../token/unread.ts";
import type { Alert, Change, WatchState } from "./alert.ts";
import { isAboutIds } from "../token/known.ts";
import type { HistoryEntry } from "./history.ts";

/** The shown state of a watch: that of its last answer, or `unknown` while its alert says that checks fail. */
const shownState = ({ verdict, alert }: Pick<WatchState, "verdict" | "alert">): State =>
  alert !== null && alert.resolvedAt === null && alert.failing !== null ? "unknown" : (verdict?.state ?? "unknown");

const why = ({ verdict, alert }: WatchState): { readonly cause: string | null; readonly evidence: Evidence | null } => {
  const failure = alert?.resolvedAt === null ? alert.failing?.failure : undefined;
  if (failure !== undefined) return { cause: failure.message, evidence: failure.evidence };
  // Unread IDs are usually a remark; in this alert they are the cause.
  const [unread] = alert !== null && isAboutIds(alert) && verdict !== null ? unreadAssets(verdict) : [];
  if (unread !== undefined) return { cause: unread.failure.message, evidence: unread.failure.evidence };
  const [leading] = verdict === null ? [] : tellingFindings(verdict);
  return { cause: leading?.message ?? null, evidence: leading?.evidence ?? verdict?.evidence ?? null };
};

/** The history line of a round; undefined when nothing changed. A reminder changes nothing. */
export const recordMove = (
  watch: string,
  before: WatchState,
  after: WatchState,
  change: Change,
  now: Date,
): HistoryEntry | undefined => {
  const [from, to] = [shownState(before), shownState(after)];
  const reason = "reason" in change ? change.reason : "edited";
  if (reason === "reminder" || (reason === "edited" && from === to)) return undefined;
  const person = { by: null, remark: null, until: null };
  return { watch, at: now, alert: after.alert?.id ?? null, reason, from, to, ...why(after), ...person };
};

/** The history line for a change outside a round: a person's answer, or the removal of the watch. */
export const recordAnswer = (
  alert: Alert,
  fields: Pick<HistoryEntry, "reason" | "by"> & Partial<Pick<HistoryEntry, "remark" | "until">>,
  now: Date,
): HistoryEntry => {
  const state = shownState({ verdict: alert.verdict, alert });
  const said = { watch: alert.card.name, at: now, alert: alert.id, from: state, to: state };
  return { ...said, cause: null, evidence: null, remark: null, until: null, ...fields };
};
