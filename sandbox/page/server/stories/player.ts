import { setTimeout as sleep } from "node:timers/promises";
import type { StoryView } from "../../protocol/story-view.ts";
import { HttpError } from "../http.ts";
import type { LiveStage } from "../live-stage.ts";
import { createSignal, type Signal } from "../signal.ts";
import { type Audience, perform } from "./perform.ts";
import { createScene } from "./scene.ts";
import { STORIES } from "./stories.ts";
import type { Story, StoryStep } from "./story.ts";

/**
 * Waits while people read the caption of a step, or what the bot sent. Ends early, without rejecting, when the signal is
 * aborted.
 */
export type Pause = (ms: number, signal: AbortSignal, reading: "caption" | "result") => Promise<void>;

export const readingPause: Pause = async (ms, signal) => {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
};

/** Plays one story at a time. */
export interface Player extends Pick<Signal, "onChange"> {
  readonly view: () => StoryView;
  /** A story is playing, so people can only watch. */
  readonly busy: () => boolean;
  /** Plays a story in a fresh world and replaces the current story. Throws HttpError for an unknown id. */
  readonly play: (id: string) => Promise<void>;
  readonly setPaused: (paused: boolean) => void;
  /** Resolves when the story has finished. */
  readonly over: () => Promise<void>;
  /** Stops the story at its current step, or closes the caption of a finished story. */
  readonly stop: () => Promise<void>;
}

export function createPlayer(live: LiveStage, pause: Pause): Player {
  const { onChange, emit } = createSignal();
  let playing: Playing | null = null;
  let stopping = new AbortController();
  let resumed = Promise.withResolvers<void>();
  let ending: Promise<void> = Promise.resolve();

  const show = (part: Partial<Playing>): void => {
    if (playing === null) return;
    playing = { ...playing, ...part };
    emit();
  };

  const read: Pause = async (ms, signal, reading) => {
    await pause(ms, signal, reading);
    const held = (): boolean => playing?.paused === true && !signal.aborted;
    while (held()) await resumed.promise;
  };

  const open = async (story: Story, signal: AbortSignal): Promise<void> => {
    await live.reset(story.deployment);
    const audience: Audience = {
      announce: ({ caption, look }, step) => {
        show({ step, caption, look });
        return read(LEAD_IN_MS, signal, "caption");
      },
      show: (step) => read(readingMs(step), signal, "result"),
    };
    await perform(story, createScene(live.now(), signal), audience, signal);
  };

  const run = async (story: Story, signal: AbortSignal): Promise<void> => {
    try {
      await open(story, signal);
    } catch (error) {
      const why = error instanceof Error ? error.message : "something unexpected happened";
      show({ caption: `The story failed: ${why}.` });
    }
    show({ ended: true, paused: false });
  };

  const stop = async (): Promise<void> => {
    stopping.abort();
    resumed.resolve();
    await ending;
    playing = null;
    emit();
  };

  return {
    onChange,
    view: () => ({ stories: TITLES, playing }),
    busy: () => playing !== null && !playing.ended,
    play: async (id) => {
      const story = STORIES.find((one) => one.id === id);
      if (story === undefined) throw new HttpError(404, "There is no such story.");
      await stop();
      await live.now().machine.stop();
      stopping = new AbortController();
      const { title, summary, steps } = story;
      const look = { place: "general", thread: false };
      playing = { id, title, step: 0, steps: steps.length, caption: summary, paused: false, ended: false, look };
      emit();
      ending = run(story, stopping.signal);
    },
    setPaused: (paused) => {
      if (playing === null || playing.ended) return;
      resumed.resolve();
      resumed = Promise.withResolvers<void>();
      show({ paused });
    },
    over: () => ending,
    stop,
  };
}

type Playing = NonNullable<StoryView["playing"]>;

const LEAD_IN_MS = 900;
const PER_LETTER_MS = 55;
const LEAST_MS = 3_500;

function readingMs({ caption }: StoryStep): number {
  return Math.max(LEAST_MS, caption.length * PER_LETTER_MS);
}

const TITLES: StoryView["stories"] = STORIES.map(({ id, title, summary }) => ({ id, title, summary }));
