import { createSignal, type Signal } from "./signal.ts";

/**
 * Passes changes on at once. While `flying`, it groups them at intervals: the first one passes at once, so that buttons
 * of the clock show the journey as soon as it begins.
 */
export function createGate(sources: readonly Pick<Signal, "onChange">[], flying: () => boolean) {
  const { onChange, emit } = createSignal();
  let timer: NodeJS.Timeout | undefined;
  let held = false;
  const rest = (): void => {
    clearTimeout(timer);
    timer = undefined;
    held = false;
  };
  const pass = (): void => {
    if (!flying()) rest();
    else if (timer === undefined)
      timer = setTimeout(() => {
        const again = held;
        rest();
        if (again) pass();
      }, FLYING_MS);
    else {
      held = true;
      return;
    }
    emit();
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
