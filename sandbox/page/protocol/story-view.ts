/** A story that runs on its own. */
export interface StoryTitle {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
}

/** The part of the page that a step shows. */
export interface StoryLook {
  /** Name of a channel, or `dm` for the conversation with the bot. */
  readonly place: string;
  /** Also shows the thread of the newest alert in this place. */
  readonly thread: boolean;
}

export interface StoryView {
  readonly stories: readonly StoryTitle[];
  readonly playing: {
    readonly id: string;
    readonly title: string;
    /** Counts from 1. */
    readonly step: number;
    readonly steps: number;
    readonly caption: string;
    readonly paused: boolean;
    /** The story has finished; the caption stays until the person closes it. */
    readonly ended: boolean;
    readonly look: StoryLook;
  } | null;
}
