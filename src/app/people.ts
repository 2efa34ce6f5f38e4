import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import type { Config } from "../config/config.ts";
import type { Slack } from "../slack/transport/bolt.ts";
import { respondersBeyondAllowed } from "../slack/requests/responders.ts";
import type { ListedWatch, SlackDeps } from "../slack/requests/deps.ts";
import { DAY_MS } from "../token/duration.ts";
import type { ReadSource } from "../token/secret/source.ts";
import { snapshotOf } from "../watch/snapshot-of.ts";
import type { WatchStore } from "../watch/ports.ts";
import { renewButton } from "../slack/messages/alert/buttons.ts";
import { guideOfWatch } from "./guide-context.ts";

/** What the Slack features show. Their actions come in a later phase, because they need the courier and the rounds. */
export type ShownDeps = Omit<SlackDeps, "checker" | "alerts" | "recheck" | "changed" | "renewals">;

export interface ShownParts {
  readonly slack: Slack;
  readonly store: Pick<
    WatchStore,
    "list" | "undelivered" | "history" | "record" | "audit" | "rememberViewer" | "viewers"
  >;
  readonly quietUntil: SlackDeps["quietUntil"];
  readonly readSource: ReadSource;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  readonly log: Logger;
}

/** Builds the part of the features' dependencies that only shows the configuration and the store. */
export async function shownDeps(config: Config, parts: ShownParts): Promise<ShownDeps> {
  const { slack, store, quietUntil, readSource, now, wait, log } = parts;
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
    watches: () => store.list(),
    undelivered: () => store.undelivered(),
    history: (options) => store.history(options),
    record: (entries) => store.record(entries),
    audit: (limit) => store.audit({ limit }),
    ...(adminUsers !== undefined && { offerRenewal: { admins: new Set(adminUsers), button: renewButton } }),
    rememberViewer: (user) => store.rememberViewer(user, now()),
    viewers: () => store.viewers({ since: new Date(now().getTime() - VIEWER_MS), limit: MOST_VIEWERS }),
    quietUntil,
    cards: await listedWatches(config, readSource),
    guide: guideFor(config),
    timezone: config.timezone,
  };
}

/** The bot updates the Home of everyone who opened it within a week, as far as Slack's rate limit allows. */
const VIEWER_MS = 7 * DAY_MS;
const MOST_VIEWERS = 50;

/** Reads variables at start, to show their notes. Files and commands are read only when a check is due. */
function listedWatches(config: Config, readSource: ReadSource): Promise<readonly ListedWatch[]> {
  return Promise.all(
    config.watches.map(async (watch) => {
      const reading = watch.source.kind === "env" ? await readSource(watch.source) : undefined;
      return { ...snapshotOf(watch), sourceNote: reading?.ok === true ? reading.note : null };
    }),
  );
}

function guideFor({ watches, guide }: Config): SlackDeps["guide"] {
  const guides = new Map(watches.map((watch) => [watch.name, guideOfWatch(watch, guide)]));
  return (watch) => (watch === undefined ? undefined : guides.get(watch)) ?? guide;
}

/** Alerts would mention these people, but their buttons would refuse them. */
function warnOfRefused({ watches, alerts, slack }: Config, log: Logger): void {
  const { allowedUsers } = slack;
  const beyond = respondersBeyondAllowed({ watches, escalateTo: alerts.escalateTo, allowedUsers });
  if (beyond !== undefined && beyond.refused.length > 0)
    log.warn(
      { people: beyond.refused },
      "alerts mention people who are not in ALLOWED_USERS and may not use the buttons",
    );
}
