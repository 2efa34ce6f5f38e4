import type { Deployment } from "./page-world.ts";
import { createSignal, type Signal } from "./signal.ts";
import { openStage, type Stage, type StageOptions } from "./stage.ts";

/** The stage that the page shows now. Listeners stay when it is replaced. */
export interface LiveStage extends Pick<Signal, "onChange"> {
  readonly now: () => Stage;
  /** Puts a fresh world in the place of this one. */
  readonly reset: (deployment: Deployment) => Promise<void>;
  /** The present id of a person whom the browser may know by an id of an earlier world; undefined: nobody. */
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
    reset: (deployment) => {
      const replace = async (): Promise<void> => {
        const before = stage;
        // The new one first: whoever looks meanwhile sees the old one.
        stage = await openStage(before.epoch + 1, { deployment });
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
