import type { Config } from "../../config/config.ts";
import { UsageError, withoutLongWords } from "../errors.ts";
import { didYouMean } from "./did-you-mean.ts";

/** Throws a UsageError that lists all fleets when none has this name. */
export function requireFleet(name: string, { fleets }: Pick<Config, "fleets">): void {
  const names = fleets.map((fleet) => fleet.name);
  if (names.includes(name)) return;
  const there = names.length === 0 ? "The watchlist has no fleet." : `The fleets are: ${names.join(", ")}.`;
  throw new UsageError(`There is no fleet named "${withoutLongWords(name)}".${didYouMean(name, names)} ${there}`);
}
