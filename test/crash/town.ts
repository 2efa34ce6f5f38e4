import { openWorld, type World } from "../../sandbox/world.ts";
import { utcText } from "../../src/token/moment.ts";
import { below } from "./random.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const GRANTED = ["whatsapp_business_management", "whatsapp_business_messaging"];

/** Number of permissions of each watch. Each problem removes a different pair of them. */
const PERMISSIONS = 60;

/** One problem of a token. The texts in Slack and in the store distinguish it from every other problem. */
export interface Ailment {
  readonly watch: string;
  /** True only for texts in Slack and causes in the history that are about this problem. */
  readonly isIn: (text: string) => boolean;
}

/** A world of watches whose tokens fail and recover. */
export interface Town {
  readonly world: World;
  readonly watches: readonly string[];
  /** Every problem so far, oldest first. */
  readonly ailments: () => readonly Ailment[];
  /** The current problem of each watch; undefined when it is healthy. */
  readonly ailing: (watch: string) => Ailment | undefined;
  /** Gives one watch a problem or another problem, or heals it. */
  readonly flip: (random: () => number) => void;
  readonly close: () => Promise<void>;
}

export interface TownOptions {
  readonly watches: number;
  /** Number of channels that the watches share. */
  readonly channels: number;
  /** All watches lose permissions, so that many have the same cause. */
  readonly alike?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

const permissions = (watch: string): readonly string[] =>
  Array.from({ length: PERMISSIONS }, (_, nth) => `may${nth}x${watch}x`);

const PAIRS = Array.from({ length: PERMISSIONS }, (_, first) =>
  Array.from({ length: first }, (__, second) => [first, second] as const),
).flat();

/** The name of a channel. #general already exists in the workspace. */
const channelName = (index: number): string => `alerts-${index}`;

/**
 * Every second watch loses a permission, which is critical and which the bot confirms with another check after 2 s. The
 * others get tokens that expire soon, which is a warning that the bot reports at once.
 */
export const openTown = async (options: TownOptions): Promise<Town> => {
  const watches = Array.from({ length: options.watches }, (_, index) => `shop${index}`);
  const loses = (watch: string): boolean => options.alike === true || watches.indexOf(watch) % 2 === 0;
  const channels = Array.from({ length: options.channels }, (_, index) => channelName(index));
  const world = await openWorld({
    mode: "socket",
    start: new Date(),
    slack: { channels: [{ name: "general" }, { name: "wa-alerts" }, ...channels.map((name) => ({ name }))] },
    watchlist: (source, slack) =>
      [
        "watches:",
        ...watches.map((name, index) => {
          const channel = slack.channelId(channelName(index % options.channels));
          const scopes = [...GRANTED, ...(loses(name) ? permissions(name) : [])].join(", ");
          return `  - { name: ${name}, source: "${source(name)}", channel: ${channel}, requiredScopes: [${scopes}] }`;
        }),
      ].join("\n"),
    env: { SCHEDULE: "* * * * * *", CHECK_INTERVAL: "1s", LOG_LEVEL: "info", ...options.env },
  });
  const { graph } = world;
  const bornMs = Date.now();
  const ailments: Ailment[] = [];
  const now = new Map<string, Ailment>();

  const endsSoon = (watch: string, nth: number): Ailment => {
    // Each expiry is one minute earlier, so that no two are equal, and lies within one of three thresholds.
    const end = new Date(bornMs + [20, 10, 5][nth % 3]! * DAY_MS - nth * MINUTE_MS);
    end.setUTCSeconds(0, 0);
    // The token is old enough for every threshold, because the bot skips a threshold that is longer than the token's
    // lifetime.
    const issuedAt = new Date(bornMs - 60 * DAY_MS);
    world.tokenFile(watch).write(graph.issueToken({ label: `${watch}-${nth}`, issuedAt, expiresAt: end }));
    const seconds = end.getTime() / 1_000;
    const written = [`^${seconds}^`, utcText(end), end.toISOString()];
    return { watch, isIn: (text) => written.some((one) => text.includes(one)) };
  };

  const lasting = new Map(
    watches.map((watch) => {
      const scopes = loses(watch) ? [...GRANTED, ...permissions(watch)] : GRANTED;
      const token = graph.issueToken({ label: watch, scopes });
      world.tokenFile(watch).write(token);
      return [watch, token] as const;
    }),
  );

  const lacks = (watch: string, nth: number): Ailment => {
    const facts = graph.state.tokens.get(lasting.get(watch) ?? "");
    const pair = PAIRS[nth];
    if (facts === undefined || pair === undefined) throw new Error(`${watch} has no permissions left to lose.`);
    const all = permissions(watch);
    const lacking = pair.map((index) => all[index] ?? "");
    facts.scopes = [...GRANTED, ...all.filter((permission) => !lacking.includes(permission))];
    return { watch, isIn: (text) => lacking.every((permission) => text.includes(permission)) };
  };

  const heal = (watch: string): void => {
    const token = lasting.get(watch) ?? "";
    const facts = graph.state.tokens.get(token);
    if (loses(watch) && facts !== undefined) facts.scopes = [...GRANTED, ...permissions(watch)];
    else world.tokenFile(watch).write(token);
  };

  return {
    world,
    watches,
    ailments: () => ailments,
    ailing: (watch) => now.get(watch),
    flip: (random) => {
      const watch = watches[below(random, watches.length)] ?? "";
      if (now.has(watch) && random() < 0.6) {
        heal(watch);
        now.delete(watch);
        return;
      }
      const nth = ailments.filter((ailment) => ailment.watch === watch).length;
      const ailment = loses(watch) ? lacks(watch, nth) : endsSoon(watch, nth);
      ailments.push(ailment);
      now.set(watch, ailment);
    },
    close: world.close,
  };
};
