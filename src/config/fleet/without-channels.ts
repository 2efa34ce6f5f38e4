import type { Config } from "../config.ts";
import { createFleetLines } from "./fleet-line.ts";

/**
 * The configuration for a command that sends nothing to Slack: a watch needs no channel there. A message for no channel
 * stays in the store.
 */
export function withoutChannels(config: Config): Config {
  const defaults = { ...config.defaults, channel: config.defaults.channel ?? "" };
  const watches = config.watches.map((watch) => ({ ...watch, channel: watch.channel ?? "" }));
  const { app } = config;
  const fleets = config.fleets.map((fleet) => ({
    ...fleet,
    lines: createFleetLines(fleet, { defaults, app, watches }),
  }));
  return { ...config, watches, fleets };
}
