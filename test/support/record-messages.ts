import type { NewMessage } from "../../src/outbox/message.ts";
import type { WatchStore } from "../../src/watch/ports.ts";

/** Records the messages of each shared deadline, in the order in which the store accepted them. */
export function recordMessages<S extends Pick<WatchStore, "advanceDeadline">>(
  store: S,
): S & { readonly taken: NewMessage[] } {
  const taken: NewMessage[] = [];
  return {
    ...store,
    taken,
    advanceDeadline: async (name, from, to, messages) => {
      const moved = await store.advanceDeadline(name, from, to, messages);
      if (moved) taken.push(...messages);
      return moved;
    },
  };
}
