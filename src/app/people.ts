import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import type { Config } from "../config/config.ts";
import type { GuideContext } from "../guide/context.ts";
import type { Slack } from "../slack/transport/bolt.ts";
import { respondersBeyondAllowed } from "../slack/requests/responders.ts";
import type { SlackDeps } from "../slack/requests/deps.ts";
import { DAY_MS } from "../token/duration.ts";
import type { ReadSource } from "../token/secret/source.ts";
import { mappedBook, type WatchBook } from "../watch/watch-book.ts";
import { snapshotOf } from "../watch/snapshot-of.ts";
import type { WatchStore } from "../watch/ports.ts";
import { renewButton } from "../slack/messages/alert/buttons.ts";
import { guideOfWatch } from "./guide-context.ts";

/** What the Slack features show. Their actions come in a later phase, because they need the courier and the rounds. */
export type ShownDeps = Omit<SlackDeps, "checker" | "alerts" | "recheck" | "changed" | "renewals">;

export interface ShownParts {
  readonly fleetTroubles: NonNullable<SlackDeps["fleetTroubles"]>;
  readonly paces: NonNullable<SlackDeps["paces"]>;
  readonly watches: WatchBook;
  readonly slack: Slack;
  readonly store: Pick<WatchStore, "history" | "record" | "audit" | "rememberViewer" | "viewers"> &
    SlackDeps["watches"] &
    SlackDeps["outbox"];
  readonly quietUntil: SlackDeps["quietUntil"];
  readonly readSource: ReadSource;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  readonly log: Logger;
}

/** Builds the part of the features' dependencies that only shows the configuration and the store. */
export async function shownDeps(config: Config, parts: ShownParts): Promise<ShownDeps> {
  const { watches, fleetTroubles, paces, slack, store, quietUntil, readSource, now, wait, log } = parts;
  const { allowedUsers, adminUsers } = config.slack;
  warnOfRefused(config, log);
  return {
    now,
    wait,
    newId: () => randomBytes(4).toString("hex"),
    log,
    people: slack.people,
    installation: () => slack.installation(),
    allowedUsers: allowedUsers === undefined ? undefined : new Set(allowedUsers),
    adminUsers: new Set(adminUsers),
    watches: store,
    outbox: store,
    history: (options) => store.history(options),
    record: (entries) => store.record(entries),
    audit: (limit) => store.audit({ limit }),
    ...(adminUsers !== undefined && { offerRenewal: { admins: new Set(adminUsers), button: renewButton } }),
    rememberViewer: (user) => store.rememberViewer(user, now()),
    viewers: () => store.viewers({ since: new Date(now().getTime() - VIEWER_MS), limit: MOST_VIEWERS }),
    quietUntil,
    fleetTroubles,
    paces,
    cards: await listedWatches(watches, config.watches, readSource),
    guide: guideFor(watches, config.guide),
    timezone: config.timezone,
  };
}

/** The bot updates the Home of everyone who opened it within a week, as far as Slack's rate limit allows. */
const VIEWER_MS = 7 * DAY_MS;
const MOST_VIEWERS = 50;

/**
 * Reads the variables of the watchlist at start, to show their notes. Files, commands and fleets are read only when a
 * check is due.
 */
async function listedWatches(
  watches: WatchBook,
  fixed: Config["watches"],
  readSource: ReadSource,
): Promise<SlackDeps["cards"]> {
  const notes = new Map<string, string>();
  for (const { name, source } of fixed) {
    const reading = source.kind === "env" ? await readSource(source) : undefined;
    if (reading?.ok === true && reading.note !== null) notes.set(name, reading.note);
  }
  return mappedBook(watches, (watch) => ({ ...snapshotOf(watch), sourceNote: notes.get(watch.name) ?? null }));
}

function guideFor(watches: WatchBook, bot: GuideContext): SlackDeps["guide"] {
  return (name) => {
    const watch = name === undefined ? undefined : watches.get(name);
    return watch === undefined ? bot : guideOfWatch(watch, bot);
  };
}

/** Alerts would mention these people, but their buttons would refuse them. */
function warnOfRefused({ watches: fixed, fleets, alerts, slack }: Config, log: Logger): void {
  const { allowedUsers } = slack;
  // The people of single lines are not read here, because a fleet changes.
  const shared = fleets.map(({ name, shared: { owner, oncall } }) => ({ name, owner, oncall }));
  const watches = [...fixed, ...shared];
  const beyond = respondersBeyondAllowed({ watches, escalateTo: alerts.escalateTo, allowedUsers });
  if (beyond !== undefined && beyond.refused.length > 0)
    log.warn(
      { people: beyond.refused },
      "alerts mention people who are not in ALLOWED_USERS and may not use the buttons",
    );
}
