/**
 * Saves what comes while another save is under way in one go: a transaction for each call to Slack would be the limit when
 * many channels are busy. Each of those who wait hears of the save that had theirs.
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
