import type { Alert } from "../alert/alert.ts";
import type { WatchSnapshot } from "../alert/watch-snapshot.ts";
import { type Delivery, isHome, type NewMessage, type Owed, placeOf, type Shown } from "./message.ts";
import type { Ids } from "./next-call.ts";
import { type DeliveryFailure, isRefusal } from "./notifier.ts";
import { retryDelayMs } from "./retry-delay.ts";
import { isEnd, superseded } from "./superseded.ts";

/** The next step after Slack did not accept a call. */
export type After =
  /** The message is gone: `nextCall` runs again without its `ref`, in the same turn. */
  | { readonly kind: "again" }
  /**
   * These alerts leave this message and get a new home in their configured channel. A message without alerts is posted
   * anew.
   */
  | { readonly kind: "abandon"; readonly alerts: readonly string[] }
  /** The first route refused the message. The next route is tried at once. */
  | { readonly kind: "reroute"; readonly routes: readonly string[] }
  | {
      readonly kind: "retry";
      readonly at: Date;
      /** True: the try counts as a refusal. From the second refusal on, the alert is also announced elsewhere. */
      readonly isRefused: boolean;
      /** Rows that newer rows or `messages` replace. */
      readonly drops: Ids;
      /**
       * Alerts that count as accepted from now on. Their channel refused them again, so the wait for escalation starts.
       */
      readonly accepted: readonly string[];
      /** `messages` announce these rows. */
      readonly toldElsewhere: Ids;
      readonly messages: readonly NewMessage[];
    };

export interface FailureRules {
  /** The channel or user ID for alerts that their own channel refuses. Undefined: only the owner gets them. */
  readonly fallbackChannel: string | undefined;
  /** Creates the ID of a new message. */
  readonly newId: () => string;
}

/** Decides the next step after a failed call. `error` is shown to people. Pure, except for new IDs. */
export function afterFailure(
  delivery: Delivery,
  failure: DeliveryFailure,
  error: string,
  now: Date,
  rules: FailureRules,
): After {
  const { message, owed, alerts, renewal } = delivery;
  const retry: Extract<After, { kind: "retry" }> = {
    kind: "retry",
    at: new Date(now.getTime() + retryDelayMs(failure, message.failures)),
    isRefused: isRefusal(failure),
    drops: superseded(owed, alerts, now),
    accepted: [],
    toldElsewhere: [],
    messages: [],
  };
  if (!retry.isRefused) return retry;
  if (message.ref !== null) {
    const moved = isHome(message) ? movedOf(delivery) : [];
    if (moved.length > 0) return { kind: "abandon", alerts: moved.map(({ alert }) => alert.id) };
    if (failure.kind === "message_gone") return { kind: "again" };
  }
  if (renewal !== null) {
    const routes = message.failures === 0 ? [] : elsewhereOf(renewal.card, placeOf(message), rules);
    if (routes.length > 0) return message.ref === null ? { kind: "reroute", routes } : { kind: "abandon", alerts: [] };
  }
  if (isHome(message))
    return message.failures === 0 ? retry : { ...retry, ...tellElsewhere(delivery, retry.drops, error, now, rules) };
  if (message.ref !== null) return retry;
  // Refused reminders go to the fallback channel, as they would from the messages that they come from.
  if (message.kind === "reminders" && message.failures > 0)
    return { ...retry, ...tellElsewhere(delivery, retry.drops, error, now, rules) };
  if (message.routes.length > 1) return { kind: "reroute", routes: message.routes.slice(1) };
  return message.kind === "fallback" ? { ...retry, ...tellOwners(delivery, retry.drops, now, rules) } : retry;
}

/**
 * The other places for the message of a renewal, whose channel refused it again: the fallback channel, then the owner.
 * Empty when the message already stands in one of them. A message that Slack shows is first posted anew in its channel,
 * because only its edits may be refused.
 */
function elsewhereOf({ channel, owner }: WatchSnapshot, place: string, rules: FailureRules): readonly string[] {
  if (place !== channel) return [];
  return [rules.fallbackChannel, owner].filter((route): route is string => route !== undefined && route !== place);
}

/** Alerts that are open or have owed rows, and whose configured channel changed. */
function movedOf({ message, alerts, owed }: Delivery): readonly Shown[] {
  const owes = new Set(owed.map(({ alert }) => alert));
  const isElsewhere = ({ as, alert }: Shown): boolean => as === "home" && alert.card.channel !== placeOf(message);
  return alerts.filter((shown) => isElsewhere(shown) && (shown.alert.resolvedAt === null || owes.has(shown.alert.id)));
}

/** True for a row that must reach people even when its channel refuses it. */
function mustBeHeard(row: Owed): boolean {
  return row.what === "joined" || row.notice || isEnd(row);
}

type Elsewhere = Pick<Extract<After, { kind: "retry" }>, "accepted" | "toldElsewhere" | "messages">;

/** Runs from the second refusal on. Announces alerts in the fallback channel; without one, to each alert's owner. */
function tellElsewhere(delivery: Delivery, drops: Ids, error: string, now: Date, rules: FailureRules): Elsewhere {
  const { message, alerts, owed } = delivery;
  const place = placeOf(message);
  const shown = message.kind === "reminders" ? alerts : alerts.filter(({ as }) => as === "home");
  const here = shown.map(({ alert }) => alert);
  const accepted = here.filter(({ acceptedAt }) => acceptedAt === null).map(({ id }) => id);
  const needless = new Set(drops);
  const waiting = owed.filter((row) => !row.toldElsewhere && mustBeHeard(row) && !needless.has(row.id));
  const due = new Set(waiting.map(({ alert }) => alert));
  const routeOf = ({ card }: Alert): string | undefined =>
    [rules.fallbackChannel, card.owner].find((route) => route !== undefined && route !== place);
  const body = { kind: "fallback", channel: place, error } as const;
  const lists = listsOf(
    here.filter(({ id }) => due.has(id)),
    routeOf,
  );
  const messages = lists.map(({ route, alerts: listed }) => listFor(route, listed, body, now, rules));
  const listedIds = new Set(messages.flatMap((list) => list.alerts));
  return {
    accepted,
    toldElsewhere: waiting.filter(({ alert }) => alert !== null && listedIds.has(alert)).map(({ id }) => id),
    messages,
  };
}

/** After the fallback channel refused the list, sends each owner their own alerts. The other alerts wait. */
function tellOwners(
  { message, alerts, owed, body }: Delivery,
  drops: Ids,
  now: Date,
  rules: FailureRules,
): Partial<Extract<After, { kind: "retry" }>> {
  if (body?.kind !== "fallback") return {};
  const joined = new Set(owed.filter(({ what }) => what === "joined").map(({ alert }) => alert));
  const routeOf = ({ card }: Alert): string | undefined => (card.owner === placeOf(message) ? undefined : card.owner);
  const listed = alerts.map(({ alert }) => alert).filter(({ id }) => joined.has(id));
  const messages = listsOf(listed, routeOf).map((list) => listFor(list.route, list.alerts, body, now, rules));
  const listedIds = new Set(messages.flatMap((list) => list.alerts));
  const moved = owed.filter(({ alert }) => alert !== null && listedIds.has(alert)).map(({ id }) => id);
  return { drops: [...new Set([...drops, ...moved])], messages };
}

interface List {
  readonly route: string;
  readonly alerts: readonly Alert[];
}

/** One list for each route. An alert without a route is in no list. Status, Home, metrics and log still show it. */
function listsOf(due: readonly Alert[], routeOf: (alert: Alert) => string | undefined): readonly List[] {
  return [...Map.groupBy(due, routeOf)].flatMap(([route, alerts]) => (route === undefined ? [] : [{ route, alerts }]));
}

function listFor(
  route: string,
  alerts: readonly Alert[],
  body: Extract<NewMessage["body"], { kind: "fallback" }>,
  now: Date,
  { newId }: FailureRules,
): NewMessage {
  const severity = alerts.some((alert) => alert.severity === "critical") ? "critical" : "warning";
  return {
    id: newId(),
    kind: "fallback",
    routes: [route],
    body,
    alerts: alerts.map(({ id }) => id),
    severity,
    at: now,
  };
}
