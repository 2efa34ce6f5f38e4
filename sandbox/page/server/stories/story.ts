// stories/ holds the stories that play on their own. perform.ts runs the steps of a story, which act like a person on
// the page: through the same people, verbs and clock. player.ts plays stories on the page; sandbox/demo/ plays the same
// stories in a terminal. It may import what the rest of the server may import. To add a story: add a file with its steps
// and a line in stories.ts.
import type { Person } from "../../../slack/people/driver.ts";
import type { StoryLook, StoryTitle } from "../../protocol/story-view.ts";
import type { Deployment } from "../page-world.ts";
import type { Stage } from "../stage.ts";

/** The tools of a step. */
export interface Scene {
  readonly stage: Stage;
  /** The person whose view the story shows. */
  readonly robin: Person;
  /** Lets time pass until this instant, tick by tick; ends early when the story is stopped. */
  readonly goTo: (iso: string) => Promise<void>;
  readonly later: (hours: number) => Promise<void>;
  /** Presses a button of the newest open alert in a channel and waits until the bot edits the message. */
  readonly press: (channel: string, text: string) => Promise<void>;
  /** Values that one step keeps for a later one. */
  readonly kept: Map<string, string>;
}

export interface StoryStep {
  /** Lets time pass before the caption appears, so that no caption describes a later time than the clock shows. */
  readonly travel?: (scene: Scene) => Promise<void>;
  /** Short and plain, because people read it while the step runs. */
  readonly caption: string;
  readonly look: StoryLook;
  /** What happens while the caption stands. It takes moments on the clock, never hours. */
  readonly act?: (scene: Scene) => Promise<void>;
}

export interface Story extends StoryTitle {
  readonly deployment: Deployment;
  readonly steps: readonly StoryStep[];
}

/** The part of the page to show: a channel, or a channel with the thread of its newest alert. */
export function at(place: string): StoryLook {
  return { place, thread: false };
}

export function inThread(place: string): StoryLook {
  return { place, thread: true };
}
