import type { AppRound } from "../../src/app.ts";
import type { SeenMessage } from "../../sandbox/slack/messages.ts";
import type { WorldOptions } from "../../sandbox/world.ts";
import type { DemoTokens } from "../../sandbox/graph/tokens/demo-tokens.ts";
import type { BotOptions } from "../../sandbox/bot.ts";
import { alertsSeen, aWorld, type Flow, withPeople } from "./flow.ts";

type Watchlist = Extract<WorldOptions["watchlist"], (...args: never[]) => string>;

/** One watch with an owner, its token in the file `orders`. */
export const ORDERS: Watchlist = (source, slack) => `watches:
  - name: orders-prod
    source: "${source("orders")}"
    phoneNumberId: "100000000002001"
    whatsappBusinessAccountId: "100000000001001"
    owner: ${slack.person("sam").id}
    consumers: [checkout]`;

/** The bot at work on the watch orders-prod, with this token deployed. */
export const watching = async (
  token: keyof DemoTokens,
  options: Partial<WorldOptions> = {},
  botOptions?: BotOptions,
): Promise<Flow> => {
  const world = await aWorld({ watchlist: ORDERS, ...options });
  world.tokenFile("orders").write(world.tokens[token]);
  return withPeople(world, await world.startBot(botOptions));
};

/** A healthy start, then a token in trouble, so that the alert meets the fault set up before. */
export const nextToSend = async (prepare: (flow: Flow) => void | Promise<void>): Promise<Flow> => {
  const flow = await watching("never");
  flow.tokenFile("orders").write(flow.tokens.noMessaging);
  await prepare(flow);
  return flow;
};

/** Lets time pass and does the round that is due then. */
export const later = async ({ clock, bot }: Pick<Flow, "clock" | "bot">, ms: number): Promise<AppRound> => {
  clock.advance(ms);
  return bot.app.round("due");
};

/** The one alert message of the channel; throws when there are more. */
export const theAlert = (flow: Pick<Flow, "robin">): SeenMessage => {
  const [first, ...more] = alertsSeen(flow).filter(({ threadTs }) => threadTs === undefined);
  if (first === undefined || more.length > 0) throw new Error(`There are ${more.length + (first ? 1 : 0)} alerts.`);
  return first;
};

/** The replies under it, oldest first. */
export const repliesTo = (flow: Flow, alert: SeenMessage): readonly SeenMessage[] =>
  flow.robin.thread(alert.channel, alert.ts).slice(1);
