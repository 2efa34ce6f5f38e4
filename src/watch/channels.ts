import type { Watch } from "./watch.ts";

/** Groups watches by alert channel, without watches that have none. */
export function byChannel<T extends Pick<Watch, "channel">>(
  watches: Iterable<T>,
): readonly { readonly channel: string; readonly own: readonly T[] }[] {
  return [...Map.groupBy(watches, ({ channel }) => channel)].flatMap(([channel, own]) =>
    channel === undefined ? [] : [{ channel, own }],
  );
}
