import type { Deployment } from "./page-world.ts";
import { createSignal, type Signal } from "./signal.ts";
import { openStage, type Stage, type StageOptions } from "./stage.ts";

/** The stage that the page shows now. Listeners remain when a reset replaces the stage. */
export interface LiveStage extends Pick<Signal, "onChange"> {
  readonly now: () => Stage;
  /** Replaces the current world with a fresh one: with this deployment, or the one that the page opened with. */
  readonly reset: (deployment?: Deployment) => Promise<void>;
  /** The current id of a person whose id the browser knows from an earlier world; undefined for an unknown id. */
  readonly personId: (known: string) => string | undefined;
  readonly close: () => Promise<void>;
}

export async function openLiveStage(first: StageOptions): Promise<LiveStage> {
  const { onChange, emit } = createSignal();
  const names = new Map<string, string>();
  let stage = await openStage(1, first);
  let resetting: Promise<void> = Promise.resolve();

  const follow = (): void => {
    stage.onChange(emit);
    for (const { id, name } of stage.world.slack.people()) names.set(id, name);
  };
  follow();

  return {
    onChange,
    now: () => stage,
    reset: (deployment = first.deployment) => {
      const replace = async (): Promise<void> => {
        const before = stage;
        // The new stage opens before the old one closes, so that people see the old one until then.
        stage = await openStage(before.epoch + 1, { ...first, deployment });
        follow();
        emit();
        await before.close();
      };
      resetting = resetting.then(replace, replace);
      return resetting;
    },
    personId: (known) => {
      const people = stage.world.slack.people();
      return people.find(({ id, name }) => id === known || name === names.get(known))?.id;
    },
    close: async () => {
      await resetting.catch(() => undefined);
      await stage.close();
    },
  };
}
