/**
 * Collects items while a save runs, and saves them together afterwards. With one transaction for each call to Slack,
 * many busy channels would wait for the store. Each caller gets the result of the save that contains its item.
 * @param saveAll must not wait and retry, because the next items wait for it
 */
export function gatherSaves<T>(saveAll: (all: readonly T[]) => Promise<void>): (one: T) => Promise<void> {
  let waiting: T[] = [];
  let next: Promise<void> | undefined;
  let running: Promise<void> = Promise.resolve();

  const saveWaiting = async (): Promise<void> => {
    await running.catch(() => undefined);
    const all = waiting;
    waiting = [];
    next = undefined;
    running = saveAll(all);
    await running;
  };
  return async (one) => {
    waiting.push(one);
    next ??= saveWaiting();
    await next;
  };
}
