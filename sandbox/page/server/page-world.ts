import { demoIds, type DemoTokens } from "../../graph/tokens/demo-tokens.ts";
import type { World, WorldOptions } from "../../world.ts";

/** One service that sends WhatsApp messages, with its deployed token. */
export interface WatchPlan {
  readonly name: string;
  readonly token: keyof DemoTokens;
  /** The kind of the token, in words for people. */
  readonly kind: string;
  readonly owned: boolean;
  readonly consumers: readonly string[];
  /** Channel of its alerts when it is not the usual one. */
  readonly channel?: string;
  /** Each watch has its own phone number and system user, so that an action on one token affects no other. */
  readonly phone: string;
  readonly user: string;
}

export const WATCH_PLANS: readonly WatchPlan[] = [
  plan(0, {
    name: "orders-prod",
    token: "never",
    kind: "never expires",
    owned: true,
    consumers: ["checkout", "crm"],
  }),
  plan(1, { name: "support-prod", token: "sixtyDay", kind: "60 days", owned: true, consumers: ["helpdesk"] }),
  plan(2, {
    name: "shop-staging",
    token: "apiSetup",
    kind: "24 hours, from API Setup",
    owned: false,
    consumers: ["staging"],
    channel: "wa-staging",
  }),
  plan(3, {
    name: "newsletter",
    token: "noMessaging",
    kind: "permission missing",
    owned: true,
    consumers: ["campaigns"],
  }),
  plan(4, {
    name: "partner-bot",
    token: "otherApp",
    kind: "from another app",
    owned: false,
    consumers: ["partner portal"],
  }),
  plan(5, {
    name: "bookings",
    token: "unassigned",
    kind: "account not assigned",
    owned: false,
    consumers: ["calendar", "reminders"],
  }),
];

/** Names of the watches. */
export const WATCHES: readonly string[] = WATCH_PLANS.map(({ name }) => name);

/** The watch whose token lasts 60 days in most worlds. An app that uses the token shows which one it has. */
const SIXTY_DAYS = "support-prod";

export const OWNER = "robin";

/** The channel for escalated alerts. */
export const ONCALL = "oncall";

export const ALERTS = "wa-alerts";

export const BOT_START = new Date("2026-11-24T08:00:00Z");

/** A Tuesday morning. The tokens are five minutes older than the bot, which starts on the hour, at a tick. */
const TOKENS_START = new Date("2026-11-24T07:55:00Z");

/**
 * There are two people, so that the page can show that private messages are private. One channel is shared with the
 * outsider's organisation.
 */
export const PAGE_WORLD: WorldOptions = {
  mode: "socket",
  start: TOKENS_START,
  env: (slack) => ({ ...PACE, ESCALATE_TO: slack.channelId(ONCALL), ADMIN_USERS: slack.person(OWNER).id }),
  apps: [SIXTY_DAYS],
  slack: {
    people: [
      { name: OWNER, realName: "Robin Operator" },
      { name: "guest", realName: "Guest of Partner Org", outsider: true },
    ],
    // The page opens the first channel, which has alerts to see.
    channels: [{ name: ALERTS }, { name: "general", shared: true }, { name: "wa-staging" }, { name: ONCALL }],
  },
  watchlist: (source, slack, app) =>
    JSON.stringify({
      watches: WATCH_PLANS.map(({ name, owned, consumers, channel, phone }) => ({
        name,
        source: source(name),
        phoneNumberId: phone,
        whatsappBusinessAccountId: demoIds.account,
        consumers,
        ...(owned ? { owner: slack.person(OWNER).id } : {}),
        ...(channel === undefined ? {} : { channel: slack.channelId(channel) }),
        ...(name === SIXTY_DAYS ? { renew: { write: "source", proof: app(name).proofUrl } } : {}),
      })),
    }),
};

/**
 * The tokens that are deployed first. `calm` is the demo's start: every token is healthy, and the 60-day token reaches
 * its first threshold three days later. `each_kind` has a token with each problem. In the stories every token works
 * except the one that the story is about.
 */
export type Deployment = "calm" | "each_kind" | "healthy" | "five_days_left" | "two_weeks_left" | "ends_on_saturday";

/** The kind of the token that a deployment gives this watch, in words for people. */
export function firstKind({ name, kind }: WatchPlan, deployment: Deployment): string {
  const [always] = WATCH_PLANS;
  const isOwnKind = deployment === "each_kind" || (name === SIXTY_DAYS && deployment !== "healthy");
  return isOwnKind || always === undefined ? kind : always.kind;
}

/**
 * Deploys a token for each watch. Each token has its own system user, and all of them except one are assigned to the
 * account. Returns the tokens by name of their watch.
 */
export function deployPageTokens(world: World, deployment: Deployment): ReadonlyMap<string, string> {
  const { graph, tokenFile } = world;
  const deployed = new Map<string, string>();
  for (const one of WATCH_PLANS) {
    const { name, phone, user } = one;
    if (phone !== demoIds.phone)
      graph.addPhone({ id: phone, accountId: demoIds.account, displayNumber: `+1 555-010-${phone.slice(-4)}` });
    graph.addUser({ id: user, name: `${name}-system-user` });
    const raw = firstToken(world, one, deployment);
    const token = graph.state.tokens.get(raw);
    if (token === undefined) throw new Error(`no token was issued for ${name}`);
    graph.state.tokens.set(raw, { ...token, userId: user });
    tokenFile(name).write(raw);
    if (world.apps.includes(name)) world.app(name).restart();
    deployed.set(name, raw);
  }
  for (const { token, user } of WATCH_PLANS)
    if (deployment !== "each_kind" || token !== "unassigned") graph.assign(demoIds.account, user);
  return deployed;
}

function plan(index: number, watch: Omit<WatchPlan, "phone" | "user">): WatchPlan {
  return {
    ...watch,
    phone: `${Number(demoIds.phone) + index}`,
    user: `10000000000090${index}`,
  };
}

/**
 * One hour passes between two ticks, and every watch is due once in that hour regardless of its spread. So the
 * bot finds a change within the hour. No token begins or ends exactly on the hour, so chance
 * never decides whether a check comes before or after.
 */
const PACE = {
  SCHEDULE: "0 * * * *",
  CHECK_INTERVAL: "50m",
  REPEAT_CRITICAL_EVERY: "1d",
  DIGEST_SCHEDULE: "0 9 * * mon",
  QUIET_DAYS: "sat,sun",
};

const DAY_MS = 86_400_000;

/** A 60-day token expires at this time, on the first Saturday. */
const SATURDAY = new Date("2026-11-28T13:55:00Z");

/** A bit less than fourteen days after the start. */
const TWO_WEEKS_END = new Date("2026-12-08T07:55:00Z");

/** Thirty days earlier is the first threshold: the first Friday. */
const CALM_END = new Date("2026-12-27T13:55:00Z");

/** The end of the 60-day token in the deployments that give it one of their own. */
const ENDS: ReadonlyMap<Deployment, Date> = new Map([
  ["calm", CALM_END],
  ["two_weeks_left", TWO_WEEKS_END],
  ["ends_on_saturday", SATURDAY],
]);

function firstToken({ graph, tokens }: World, { name, token }: WatchPlan, deployment: Deployment): string {
  if (deployment === "each_kind") return tokens[token];
  if (name === SIXTY_DAYS && deployment === "five_days_left") return tokens.sixtyDay;
  const expiresAt = ENDS.get(deployment);
  if (name === SIXTY_DAYS && expiresAt !== undefined)
    return graph.issueToken({
      label: `${name}-${deployment}`,
      issuedAt: new Date(expiresAt.getTime() - 60 * DAY_MS),
      expiresAt,
    });
  return name === "orders-prod" ? tokens.never : graph.issueToken({ label: `${name}-good` });
}
