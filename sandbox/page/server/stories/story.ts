// stories/ plays stories by itself: player.ts goes through the steps of one, which do what a person could do on the page,
// by the same people, verbs and clock. It may import what the rest of the server may. To add a story: a file with its
// steps, a line in stories.ts.
import type { Person } from "../../../slack/people/driver.ts";
import type { StoryLook, StoryTitle } from "../../protocol/story-view.ts";
import type { Deployment } from "../page-world.ts";
import type { Stage } from "../stage.ts";

/** What a step can work with. */
export interface Scene {
  readonly stage: Stage;
  /** Through whose eyes the story is told. */
  readonly robin: Person;
  /** Lets time pass until then, tick by tick; ends early when the story is stopped. */
  readonly goTo: (iso: string) => Promise<void>;
  readonly later: (hours: number) => Promise<void>;
  /** Presses a button of the newest open alert of a channel and waits until its message is edited. */
  readonly press: (channel: string, text: string) => Promise<void>;
  /** What one step leaves for a later one. */
  readonly kept: Map<string, string>;
}

export interface StoryStep {
  /** Short and plain: it is read while things happen. */
  readonly caption: string;
  readonly look: StoryLook;
  readonly act?: (scene: Scene) => Promise<void>;
}

export interface Story extends StoryTitle {
  readonly deployment: Deployment;
  readonly steps: readonly StoryStep[];
}

/** What the page shows: a channel, or the thread of its newest alert beside it. */
export const at = (place: string): StoryLook => ({ place, thread: false });
export const inThread = (place: string): StoryLook => ({ place, thread: true });
