import { LogLevel } from "@slack/bolt";
import type { Logger } from "@slack/bolt";

const nothing = (): void => {};

/** These tests do not look at the log lines of Bolt and its clients. */
export const quiet: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};
