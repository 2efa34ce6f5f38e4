import type { Bot } from "../bot.ts";
import type { Lookup } from "./terminal/mrkdwn.ts";
import type { SeenMessage } from "../slack/messages.ts";
import type { Person, SeenModal } from "../slack/people/driver.ts";
import type { World } from "../world.ts";
import type { Teller } from "./teller.ts";

/** The world and the people that a scene uses. */
export interface Stage {
  readonly world: World;
  readonly bot: Bot;
  /** The person whose view the story shows. */
  readonly you: Person;
  readonly tell: Teller;
}

export const COMMAND = "/wa-token";

/** Looks up names by id in this workspace, at the clock's current time. */
export function lookupOf({ slack, clock }: World): Lookup {
  return {
    userName: (id) => (id === slack.botUserId ? "wa-token" : slack.people().find((person) => person.id === id)?.name),
    channelName: (id) => slack.channels().find((channel) => channel.id === id)?.name,
    now: clock.now(),
  };
}

/** Types the command in #general and waits for its one private answer. */
export async function answerTo({ world, you, tell }: Stage, text: string): Promise<SeenMessage> {
  await tell.act("You type", `${COMMAND} ${text}`);
  const before = you.ephemerals().length;
  await you.runCommand({ command: COMMAND, text });
  return world.slack.waitFor(() => you.ephemerals()[before]);
}

/** Presses a button in the open modal. */
export async function pressInModal({ you, tell }: Stage, text: string): Promise<void> {
  await tell.act("You press", `[ ${text} ]`);
  await you.click({ text });
}

/** Waits until the modal with this title is on your screen. */
export function modalTitled({ world, you }: Stage, title: string): Promise<SeenModal> {
  return world.slack.waitFor(() => {
    const modal = you.modal();
    return modal?.title === title ? modal : undefined;
  });
}
