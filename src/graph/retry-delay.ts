import { setTimeout as sleep } from "node:timers/promises";

/** Waits in real time. Tests pass in their own function. */
export function retryDelay(ms: number): Promise<void> {
  return sleep(ms);
}
