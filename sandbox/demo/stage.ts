import type { Bot } from "../bot.ts";
import type { Lookup } from "./terminal/mrkdwn.ts";
import type { SeenMessage } from "../slack/messages.ts";
import type { Person, SeenModal } from "../slack/people/driver.ts";
import type { World } from "../world.ts";
import type { Teller } from "./teller.ts";

/** Who and what a scene plays with. */
export interface Stage {
  readonly world: World;
  readonly bot: Bot;
  /** The person through whose eyes the story is told. */
  readonly you: Person;
  readonly tell: Teller;
}

export const COMMAND = "/wa-token";

/** The names that this workspace has for ids, as of its clock. */
export const lookupOf = ({ slack, clock }: World): Lookup => ({
  userName: (id) => (id === slack.botUserId ? "wa-token" : slack.people().find((person) => person.id === id)?.name),
  channelName: (id) => slack.channels().find((channel) => channel.id === id)?.name,
  now: clock.now(),
});

/** Types the command in #general and waits for the one private answer that follows. */
export const answerTo = async ({ world, you, tell }: Stage, text: string): Promise<SeenMessage> => {
  await tell.act("You type", `${COMMAND} ${text}`);
  const before = you.ephemerals().length;
  await you.runCommand({ command: COMMAND, text });
  return world.slack.waitFor(() => you.ephemerals()[before]);
};

/** Presses a button in the modal that is open. */
export const pressInModal = async ({ you, tell }: Stage, text: string): Promise<void> => {
  await tell.act("You press", `[ ${text} ]`);
  await you.click({ text });
};

/** The modal with this title as soon as it is on your screen. */
export const modalTitled = ({ world, you }: Stage, title: string): Promise<SeenModal> =>
  world.slack.waitFor(() => {
    const modal = you.modal();
    return modal?.title === title ? modal : undefined;
  });
