import type { Finding } from "./finding.ts";
import type { AssetFact, SendingEntity } from "./inspection.ts";
import { observe } from "./observe.ts";

type Reached = Extract<AssetFact, { readonly reach: "reached" }>;

/** What Meta says about sending with the assets that were reached, and which entity it is about. */
export const sendingFindings = (assets: readonly AssetFact[]): readonly Finding[] => {
  const reached = assets.filter((asset) => asset.reach === "reached");
  const blocked = reached.filter(({ sending }) => sending === "blocked");
  const limited = reached.filter(({ sending }) => sending === "limited");
  const found: Finding[] = [];
  if (blocked.length > 0)
    found.push(
      observe(
        {
          code: "sending_blocked",
          severity: "critical",
          message: `The token itself is fine, but Meta blocks sending at ${placesOf(blocked)}. ${why(blocked)}`,
          remedy: `Open ${toolOf(blocked)} and solve what Meta names there; a new token does not help.`,
          objects: blocked.map(({ id }) => id),
        },
        blocked[0]?.evidence ?? null,
      ),
    );
  if (limited.length > 0)
    found.push(
      observe(
        {
          code: "sending_limited",
          severity: "info",
          message: `Meta limits sending at ${placesOf(limited)}. ${why(limited)}`,
          remedy: `Open ${toolOf(limited)} to see the limit; a new token does not help.`,
          objects: limited.map(({ id }) => id),
        },
        limited[0]?.evidence ?? null,
      ),
    );
  return found;
};

/** Entities of `health_status` (WhatsApp messaging health status, read 2026-11). */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["PHONE_NUMBER", "the phone number"],
  ["WABA", "the WhatsApp account"],
  ["BUSINESS", "the business portfolio"],
  ["APP", "the Meta app"],
  ["MESSAGE_TEMPLATE", "the message template"],
]);

const OWN: Record<Reached["kind"], string> = { phone: "PHONE_NUMBER", waba: "WABA" };

/** Without named entities, the object whose health it is. */
const entitiesOf = (assets: readonly Reached[]): readonly SendingEntity[] =>
  assets.flatMap(({ kind, id, obstructing }) => obstructing ?? [{ type: OWN[kind], id }]);

/** "the WhatsApp account 1001 and the business portfolio 3001": two reads may name one and the same. */
const placesOf = (assets: readonly Reached[]): string => {
  const places = entitiesOf(assets).map(
    ({ type, id }) => `${ENTITIES.get(type) ?? `the ${type}`}${id === null ? "" : ` ${id}`}`,
  );
  return [...new Set(places)].join(" and ");
};

const toolOf = (assets: readonly Reached[]): string => {
  const types = new Set(entitiesOf(assets).map(({ type }) => type));
  return types.size === 1 && types.has("APP") ? "the App Dashboard" : "WhatsApp Manager";
};

const why = (assets: readonly Reached[]): string => {
  const texts = [...new Set(assets.flatMap(({ obstacles }) => obstacles))];
  return texts.length === 0 ? "Meta gave no reason." : texts.join(" ");
};
