import { createSignal, type Signal } from "./signal.ts";

/** Passes changes on: at once, or grouped at intervals while `flying`. */
export function createGate(sources: readonly Pick<Signal, "onChange">[], flying: () => boolean) {
  const { onChange, emit } = createSignal();
  let timer: NodeJS.Timeout | undefined;
  const pass = (): void => {
    if (timer !== undefined) return;
    if (!flying()) {
      emit();
      return;
    }
    timer = setTimeout(() => {
      timer = undefined;
      emit();
    }, FLYING_MS);
  };
  const forgets = sources.map((source) => source.onChange(pass));
  return {
    onChange,
    close: (): void => {
      clearTimeout(timer);
      for (const forget of forgets) forget();
    },
  };
}

/** While time passes quickly, people cannot read updates more often than this. */
const FLYING_MS = 400;
