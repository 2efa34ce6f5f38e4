import type { SeenMessage } from "../../../sandbox/slack/messages.ts";
import type { Person } from "../../../sandbox/slack/people/driver.ts";
import type { WorldOptions } from "../../../sandbox/world.ts";
import { alertsSeen, aWorld, type Flow, MINUTE, withPeople } from "../flow.ts";
import { later } from "../watched.ts";

const NAMES = ["billing", "crm", "loyalty", "news", "orders", "returns", "support"];

/** Many watches of one Meta app; sam owns the first half of them, robin the rest. */
export interface Shop extends Flow {
  readonly names: readonly string[];
  /** Puts a new token where this watch's is read; gives it. */
  readonly deploy: (name: string) => string;
  /** Ends the token that is deployed there before its date. */
  readonly revoke: (...names: readonly string[]) => void;
}

/** The bot at work on many watches, every token in order. */
export const aShop = async ({
  names = NAMES,
  ...options
}: Partial<WorldOptions> & { readonly names?: readonly string[] } = {}): Promise<Shop> => {
  const ownerOf = (name: string): string => (names.indexOf(name) < names.length / 2 ? "sam" : "robin");
  const world = await aWorld({
    watchlist: (source, slack) =>
      `watches:\n${names
        .map(
          (name) =>
            `  - { name: ${name}, source: "${source(name)}", owner: ${slack.person(ownerOf(name)).id}, consumers: [${name}-app] }`,
        )
        .join("\n")}`,
    ...options,
  });
  const deployed = new Map<string, string>();
  const deploy = (name: string): string => {
    const token = world.graph.issueToken();
    deployed.set(name, token);
    world.tokenFile(name).write(token);
    return token;
  };
  for (const name of names) deploy(name);
  const revoke = (...ended: readonly string[]): void => {
    for (const name of ended) world.graph.revoke(deployed.get(name) ?? "");
  };
  return { ...withPeople(world, await world.startBot()), names, deploy, revoke };
};

/** Time passes in small steps, so that each watch comes at its own jittered time. */
export const tickBy = async (flow: Pick<Flow, "clock" | "bot">, ms: number, step = MINUTE): Promise<void> => {
  for (let passed = 0; passed < ms; passed += step) await later(flow, step);
};

/** The messages of the alert channel that are no replies. */
export const messagesSeen = (flow: Pick<Flow, "robin">): readonly SeenMessage[] =>
  alertsSeen(flow).filter(({ threadTs }) => threadTs === undefined);

/** The newest message with these words, as soon as it has them. */
export const saying = (flow: Pick<Flow, "robin" | "slack">, words: RegExp): Promise<SeenMessage> =>
  flow.slack.waitFor(() => messagesSeen(flow).findLast(({ text }) => words.test(text)));

/** Past the next inspection of every watch. */
export const ROUND = 17 * MINUTE;

/** Fills in the snooze form once it is open. */
export const fillInSnooze = async (
  { slack }: Pick<Flow, "slack">,
  person: Person,
  until: string,
  reason: string,
): Promise<void> => {
  await slack.waitFor(() => person.modal()?.callbackId.endsWith("snooze.form"));
  await person.select("alert.snooze.until", until);
  await person.type("alert.snooze.reason", reason);
};

/** The newest private answer with these words. */
export const told = ({ slack }: Pick<Flow, "slack">, person: Person, words: RegExp): Promise<SeenMessage> =>
  slack.waitFor(() => person.ephemerals().findLast(({ text }) => words.test(text)));
