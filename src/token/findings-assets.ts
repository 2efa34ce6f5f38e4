import type { Finding, FindingCode } from "./finding.ts";
import { ASSET_NOUNS, ID_SETTINGS, isOtherKind, kindOfNode, type Refused } from "./asset-words.ts";
import type { AssetFact, AssetKind, GraphError } from "./inspection.ts";
import { observe } from "./observe.ts";

/**
 * Assets that a live read was refused, each for its own reason.
 * @param explained refusals that another finding explains: the missing permission
 */
export const reachFindings = (assets: readonly AssetFact[], explained: readonly AssetFact[]): readonly Finding[] =>
  assets
    .filter((asset) => asset.reach === "refused")
    .filter((asset) => asset.why !== "app_blocked" && !explained.includes(asset))
    .map((asset) =>
      observe(
        {
          code: CODES[asset.kind],
          severity: "critical",
          ...(isOtherKind(asset) ? otherKind(asset, assets) : withoutAccess(asset)),
          objects: [asset.id],
        },
        asset.evidence,
      ),
    );

/** True when a missing permission would be answered so; a restricted account and a deleted number are other matters. */
export const mayLackPermission = (asset: AssetFact): boolean =>
  asset.reach === "refused" && asset.why === undefined && !OTHER_REASONS.has(asset.error.code);

const CODES: Record<AssetKind, FindingCode> = { phone: "phone_unreachable", waba: "waba_unreachable" };

/** The account is blocked or locked for its conduct (Cloud API error codes, read 2026-11); no token helps. */
const RESTRICTED: ReadonlySet<number | null> = new Set([368, 131031]);

/** A number that was deleted (the same page). */
const DELETED = 33;

/** Session codes: a live read calls the token dead that `/debug_token` calls alive. */
const DEAD: ReadonlySet<number | null> = new Set([190, 102]);

const OTHER_REASONS: ReadonlySet<number | null> = new Set([...RESTRICTED, DELETED, ...DEAD]);

/** No such object, or none that the token sees: Meta says the same of both. */
const NO_OBJECT: ReadonlySet<number | null> = new Set([100, 803]);

/** Why Meta refuses, in plain words: its own sentences speak of objects, requests and documentation. */
const reasonOf = ({ code }: GraphError): string => {
  if (RESTRICTED.has(code)) return "Meta has restricted the account";
  if (DEAD.has(code)) return "Meta calls the token dead there, though its own debugger calls it alive";
  if (code === DELETED) return "Meta says that the number was deleted";
  if (NO_OBJECT.has(code)) return "Meta says that it does not exist, or that the token has no access to it";
  return "Meta says that a permission for it is missing";
};

/** The same words for a number and its account: when both are out of reach, people are told once. */
const remedyOf = ({ code }: GraphError): string => {
  if (RESTRICTED.has(code)) return "Open WhatsApp Manager and solve what Meta names there; a new token does not help.";
  if (DEAD.has(code)) return "Generate a new token for the system user and put it in the app's environment.";
  if (code === DELETED) return `Set ${ID_SETTINGS.phone} to the id of a number that exists; a new token does not help.`;
  return (
    "Assign the WhatsApp account to the system user and generate a new token; also check the ids that are set for the " +
    "phone number and the account (WHATSAPP_PHONE_NUMBER_ID, WHATSAPP_BUSINESS_ACCOUNT_ID or the watchlist)."
  );
};

type Words = Pick<Finding, "message" | "remedy" | "why">;

const withoutAccess = ({ kind, id, error }: Refused): Words => ({
  message: `This token cannot reach the ${ASSET_NOUNS[kind]} ${id}. ${reasonOf(error)}.`,
  remedy: remedyOf(error),
});

/** The number's id is an account's, the account's id a number's. */
const areSwapped = (assets: readonly AssetFact[]): boolean =>
  assets.length === 2 && assets.every((asset) => isOtherKind(asset) && !["object", asset.kind].includes(kindOf(asset)));

const kindOf = ({ node }: Refused): AssetKind | "object" => kindOfNode(node ?? "").asset ?? "object";

/** The id of another kind of object: the token may be as good as can be. */
const otherKind = (asset: Refused, assets: readonly AssetFact[]): Words => {
  const { words, asset: really } = kindOfNode(asset.node ?? "");
  // The other id may be right all the same: then only this one is wrong.
  const swap =
    really === undefined || assets.some(({ reach }) => reach === "reached") ? "" : " Are the two ids swapped?";
  return {
    why: "other_kind",
    message: `The id ${asset.id} is ${words}, not the id of a ${ASSET_NOUNS[asset.kind]}.${swap}`,
    remedy: areSwapped(assets)
      ? `Exchange the two ids: ${ID_SETTINGS.phone} and ${ID_SETTINGS.waba}. The token needs no change.`
      : `Set ${ID_SETTINGS[asset.kind]} to the id of the ${ASSET_NOUNS[asset.kind]}, as WhatsApp Manager shows it. The token needs no change.`,
  };
};
