import { MOMENT_MS } from "../time/moment.ts";
import type { Scene, Story, StoryStep } from "./story.ts";

/** Shows a story to people. The story continues when the returned promise resolves. */
export interface Audience {
  /** A step begins: people read its caption. `number` counts from 1. */
  readonly announce: (step: StoryStep, number: number) => Promise<void>;
  /** The step has happened: people read what the bot sent. */
  readonly show: (step: StoryStep) => Promise<void>;
}

/** Runs the steps of a story in order. Ends early, without rejecting, when the signal is aborted. */
export async function perform(story: Story, scene: Scene, audience: Audience, signal: AbortSignal): Promise<void> {
  for (const [index, step] of story.steps.entries()) {
    await step.travel?.(scene);
    if (signal.aborted) return;
    await audience.announce(step, index + 1);
    if (signal.aborted) return;
    scene.stage.world.clock.advance(MOMENT_MS);
    await step.act?.(scene);
    await audience.show(step);
  }
}
