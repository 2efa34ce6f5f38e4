import { readFleetsOnce } from "../../app/fleets/read-once.ts";
import type { Config } from "../../config/config.ts";
import { withoutChannels } from "../../config/fleet/without-channels.ts";
import type { FleetPlaces } from "../../secrets/fleet/fleet-token.ts";
import { bareName } from "../../slack/kit/bare-name.ts";
import type { Watch } from "../../watch/watch.ts";
import { counted } from "../../words/values.ts";
import { didYouMean } from "../arguments/did-you-mean.ts";
import { UsageError, withoutLongWords } from "../errors.ts";
import type { Io } from "../io.ts";
import { withProgress } from "../progress.ts";
import { untilStopped } from "../until-stopped.ts";

export interface NamedWatch {
  readonly watch: Watch;
  /** Where the file of its fleet has its token. Undefined for a watch of the watchlist. */
  readonly fleetLines: FleetPlaces | undefined;
  /** Variables that no command gets: the bot's own, and those that hold tokens of fleets. */
  readonly ownSecretNames: Iterable<string>;
}

/**
 * Finds a watch by its name: in the watchlist, then in the fleets, which are read only then. Throws a UsageError that
 * lists the watches of the watchlist, and asks about a similar name. Throws another error when a fleet cannot be read.
 */
export async function namedWatch(name: string, config: Config, io: FleetIo): Promise<NamedWatch> {
  // A name copied from a chat can have typographic quotes or backticks, which no shell removes.
  const typed = bareName(name);
  const found = config.watches.find((watch) => watch.name === typed);
  const { ownSecretNames } = config;
  if (found !== undefined) return { watch: found, fleetLines: undefined, ownSecretNames };
  const names = config.watches.map((watch) => watch.name);
  const { watch, remark, ...rest } = await inFleets(typed, config, io);
  if (watch !== undefined) return { watch, ...rest };
  const shown = withoutLongWords(name);
  const listed = names.length === 0 ? "" : ` The watches are: ${names.join(", ")}.`;
  const there = listed === "" && remark.text === "" ? " There are no watches." : `${listed}${remark.text}`;
  // Not the fault of the person, so not a usage error.
  if (!remark.isWhole) throw new Error(`Could not find a watch named "${shown}".${there}`);
  throw new UsageError(`There is no watch named "${shown}".${didYouMean(typed, names)}${there}`);
}

type FleetIo = Pick<Io, "env" | "now" | "stderr" | "onStop">;

interface Sought extends Omit<NamedWatch, "watch"> {
  readonly watch: Watch | undefined;
  /** What to know when no fleet has the watch. `isWhole`: false when a fleet could not be read. */
  readonly remark: { readonly text: string; readonly isWhole: boolean };
}

async function inFleets(name: string, config: Config, io: FleetIo): Promise<Sought> {
  if (config.fleets.length === 0)
    return { watch: undefined, fleetLines: undefined, ownSecretNames: config.ownSecretNames, remark: NO_FLEET };
  const { fleets, ownSecretNames } = await untilStopped(io, (signal) =>
    withProgress(io, "Reading fleets…", () => readFleetsOnce(withoutChannels(config), io, signal), signal),
  );
  const troubles = fleets.troubles();
  const said = [...troubles, ...fleets.skipped()].map(({ fleet, message }) => ` Fleet ${fleet}: ${message}`);
  const listed = ` The fleets list ${counted(fleets.book.size - config.watches.length, "watch", "watches")}.`;
  const remark = { text: [listed, ...said].join(""), isWhole: troubles.length === 0 };
  return { watch: fleets.book.get(name), fleetLines: fleets.places, ownSecretNames, remark };
}

const NO_FLEET = { text: "", isWhole: true };
