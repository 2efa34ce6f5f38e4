import { ALERT } from "../../../../src/slack/messages/alert/ids.ts";
import { words } from "../../../../src/words/words.ts";
import type { SeenMessage } from "../../../slack/messages.ts";
import type { Person } from "../../../slack/people/driver.ts";
import { OWNER } from "../page-world.ts";
import type { Stage } from "../stage.ts";
import { delivered } from "../time/settle.ts";
import type { Scene } from "./story.ts";

/**
 * The actions that a story can perform on this stage. Journeys in time end early when `signal` is aborted. `watched`
 * wraps the person of the story, for example to write down each action.
 */
export function createScene(stage: Stage, signal: AbortSignal, watched = (person: Person): Person => person): Scene {
  const { world, machine } = stage;
  const { slack, clock } = world;
  const robin = watched(slack.person(OWNER));
  const open = (channel: string): SeenMessage => {
    const found = robin.channelMessages(channel).findLast(isOpenAlert);
    if (found === undefined) throw new Error(`there is no open alert in #${channel}`);
    return found;
  };
  return {
    stage,
    robin,
    kept: new Map(),
    goTo: (iso) => machine.goTo(new Date(iso), signal),
    later: (hours) => machine.goTo(new Date(clock.now().getTime() + hours * HOUR_MS), signal),
    press: async (channel, text) => {
      const before = open(channel);
      const answers = robin.ephemerals().length + (text === words.buttons.check.text ? CHECK_ANSWERS : 0);
      await robin.click({ text }, { in: before });
      await slack.waitFor(
        () =>
          robin.channelMessages(channel).some(({ ts, edits }) => ts === before.ts && edits > before.edits) &&
          robin.ephemerals().length >= answers,
      );
      await delivered(stage.bot, stage.journal.store);
    },
  };
}

const HOUR_MS = 3_600_000;

/** "Check now" answers in private: "Checking…" at once, and then the result. */
const CHECK_ANSWERS = 2;

/** Only an open alert has this button; a resolved alert loses it. */
function isOpenAlert({ blocks, attachments }: SeenMessage): boolean {
  return JSON.stringify([blocks, attachments]).includes(ALERT.check);
}
