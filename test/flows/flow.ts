import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import type { Bot, BotOptions } from "../../sandbox/bot.ts";
import type { JsonObject } from "../../sandbox/slack/json.ts";
import type { SeenMessage } from "../../sandbox/slack/messages.ts";
import type { Outcome, Person, SeenModal } from "../../sandbox/slack/people/driver.ts";
import { openWorld, type SlackModeName, type World, type WorldOptions } from "../../sandbox/world.ts";
import { emptyDatabase } from "../support/memory-store.ts";

export const MODES: readonly SlackModeName[] = ["socket", "http"];

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A world for one test, closed when it ends. In a folder of its own, its bots find the tables of the store ready. */
export const aWorld = async (options: Partial<WorldOptions> = {}): Promise<World> => {
  const world = await openWorld({ mode: "socket", ...options });
  onTestFinished(() => world.close());
  if (options.dataDir === undefined)
    writeFileSync(join(world.dataDir, "wa-token.db"), await emptyDatabase(), { mode: 0o600 });
  return world;
};

export interface Flow extends World {
  readonly bot: Bot;
  readonly robin: Person;
  readonly sam: Person;
  readonly guest: Person;
}

/** The bot at work in a world for one test, its first round done. */
export const aFlow = async (options: Partial<WorldOptions> = {}, botOptions?: BotOptions): Promise<Flow> => {
  const world = await aWorld(options);
  const bot = await world.startBot(botOptions);
  return withPeople(world, bot);
};

export const withPeople = (world: World, bot: Bot): Flow => ({
  ...world,
  bot,
  robin: world.slack.person("robin"),
  sam: world.slack.person("sam"),
  guest: world.slack.person("guest"),
});

/** Every text a person can read in these blocks, a line each. */
export const wordsOf = (content: unknown): string => {
  if (Array.isArray(content)) return content.map(wordsOf).filter(Boolean).join("\n");
  if (typeof content !== "object" || content === null) return "";
  return Object.entries(content)
    .map(([key, value]) => (key === "text" && typeof value === "string" ? value : wordsOf(value)))
    .filter(Boolean)
    .join("\n");
};

export const headerOf = (blocks: readonly JsonObject[]): string =>
  wordsOf(blocks.filter((block) => block["type"] === "header"));

export const acked: Outcome = { kind: "acked", answer: undefined };

/** Types `/wa-token …` and gives the private answer that it brings. */
export const ask = async ({ slack }: World, person: Person, text = ""): Promise<SeenMessage> => {
  const before = person.ephemerals().length;
  expect(await person.runCommand({ command: "/wa-token", text })).toEqual(acked);
  return slack.waitFor(() => person.ephemerals()[before]);
};

/** Types `/wa-token check …` and gives the form. */
export const openForm = async ({ slack }: World, person: Person, name = ""): Promise<SeenModal> => {
  expect(await person.runCommand({ command: "/wa-token", text: `check ${name}`.trim() })).toEqual(acked);
  return slack.waitFor(() => (person.modal()?.callbackId === "check.form" ? person.modal() : undefined));
};

export const TOKEN = { actionId: /^check\.token\./ };
export const WATCH = { actionId: /^check\.watch\./ };

/** Presses "Check" and gives the result that takes the place of the form. */
export const checkResult = async ({ slack }: World, person: Person): Promise<SeenModal> => {
  const outcome = await person.submit();
  expect(outcome).toMatchObject({ kind: "acked", answer: { response_action: "update" } });
  return slack.waitFor(() => (person.modal()?.title === "Check result" ? person.modal() : undefined));
};

/** What stands in the alert channel. */
/** Uses "Check for a leaked token" on a message, and gives the result that takes the place of "Checking…". */
export const leakResult = async ({ slack }: World, person: Person, message: JsonObject): Promise<SeenModal> => {
  expect(await person.runShortcut({ callbackId: "leak.check", message })).toEqual(acked);
  return slack.waitFor(() => {
    const seen = person.modal();
    return seen?.title === "Leaked token" && !wordsOf(seen.blocks).includes("Checking") ? seen : undefined;
  });
};

export const alertsSeen = ({ robin }: Pick<Flow, "robin">): readonly SeenMessage[] =>
  robin.channelMessages("wa-alerts");

export interface OpsAnswer {
  readonly status: number;
  readonly body: string;
}

export const askOps = async ({ opsUrl }: World, path: string): Promise<OpsAnswer> => {
  const reply = await fetch(`${opsUrl}${path}`, { headers: { connection: "close" } });
  return { status: reply.status, body: await reply.text() };
};
