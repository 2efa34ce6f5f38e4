import type { Spans } from "../guide/rich-text.ts";
import type { Alert, Standing } from "../alert/alert.ts";
import { sharedSteps } from "./alert-steps.ts";
import { causeOfEach, sharedCause } from "./group-text.ts";
import { words } from "./words.ts";

/**
 * The cause and the steps as two paragraphs. A paragraph is empty when it is not the same for all alerts.
 * @param renews true when renewals from Slack are on
 */
export function sameForAll(open: readonly Alert[], renews = false): readonly (readonly Spans[])[] {
  const cause = alike(open.map(sharedCause));
  const shared = cause.length === 0 ? undefined : causeOfEach(open);
  return [shared === undefined ? cause : [shared], alike(open.map((alert) => sharedSteps(alert, renews)))];
}

/** The standing of the worst of several alerts. */
export function standingOf(alerts: readonly Alert[]): Standing {
  const open = alerts.filter(({ resolvedAt }) => resolvedAt === null);
  if (open.length === 0) return "over";
  return open.some(({ severity }) => severity === "critical") ? "critical" : "warning";
}

/** The headline of a list: its subject while an alert is open, then how all alerts ended. */
export function listHeadline(alerts: readonly Alert[], whileOpen: (standing: Standing) => Spans): Spans {
  const standing = standingOf(alerts);
  if (standing !== "over") return whileOpen(standing);
  const isFixed = alerts.every(({ resolution }) => resolution !== "unwatched");
  return isFixed ? words.lists.fixed(alerts.length) : words.lists.over(alerts.length);
}

/** The common text of all alerts, or nothing if they differ. */
function alike(texts: readonly (readonly Spans[])[]): readonly Spans[] {
  const [, ...others] = new Set(texts.map((lines) => JSON.stringify(lines)));
  return others.length > 0 ? [] : (texts[0] ?? []);
}
