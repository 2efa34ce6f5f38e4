import { createBriefWait } from "../../../sandbox/brief-wait.ts";
import { createKeptLog } from "../../../sandbox/kept-log.ts";
import type { World } from "../../../sandbox/world.ts";
import { type AppRound, createApp } from "../../../src/app.ts";

/** What `wa-token round` does, beside whatever bot runs on the same store. */
export const roundBeside = (
  { config, clock, env }: Pick<World, "config" | "clock" | "env">,
  which: "due" | "all" = "due",
): Promise<AppRound> =>
  createApp(config, { now: clock.now, env, wait: createBriefWait(clock), log: createKeptLog().log }).round(which);
