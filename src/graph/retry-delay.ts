import { setTimeout as sleep } from "node:timers/promises";

/** Waits in real time; tests pass a wait of their own. */
export const pause = (ms: number): Promise<void> => sleep(ms);
