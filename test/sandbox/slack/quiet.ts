import { LogLevel } from "@slack/bolt";
import type { Logger } from "@slack/bolt";

const nothing = (): void => {};

/** The lines of Bolt and its clients are no part of what these tests look at. */
export const quiet: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};
