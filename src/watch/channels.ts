import type { Watch } from "./watch.ts";

/** Watches by the channel of their alerts; those without one are left out. */
export const byChannel = <T extends Pick<Watch, "channel">>(
  watches: readonly T[],
): readonly { readonly channel: string; readonly own: readonly T[] }[] =>
  [...Map.groupBy(watches, ({ channel }) => channel)].flatMap(([channel, own]) =>
    channel === undefined ? [] : [{ channel, own }],
  );
