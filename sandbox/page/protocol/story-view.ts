/** A story that plays itself. */
export interface StoryTitle {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
}

/** What the page shows while a step is told. */
export interface StoryLook {
  /** Name of a channel, `dm` for the conversation with the bot. */
  readonly place: string;
  /** The thread of the newest alert there stands beside it. */
  readonly thread: boolean;
}

export interface StoryView {
  readonly stories: readonly StoryTitle[];
  readonly playing: {
    readonly id: string;
    readonly title: string;
    /** From 1. */
    readonly step: number;
    readonly steps: number;
    readonly caption: string;
    readonly paused: boolean;
    /** It has come to its end; the caption stays until the person closes it. */
    readonly ended: boolean;
    readonly look: StoryLook;
  } | null;
}
