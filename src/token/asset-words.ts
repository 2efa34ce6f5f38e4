import type { AssetFact, AssetKind } from "./inspection.ts";

export type Refused = Extract<AssetFact, { readonly reach: "refused" }>;

export const ASSET_NOUNS: Record<AssetKind, string> = { phone: "phone number", waba: "WhatsApp account" };

/** Where an id is set: the environment, or a key of the watchlist. */
export const ID_SETTINGS: Record<AssetKind, string> = {
  phone: "WHATSAPP_PHONE_NUMBER_ID (phoneNumberId in the watchlist)",
  waba: "WHATSAPP_BUSINESS_ACCOUNT_ID (whatsappBusinessAccountId in the watchlist)",
};

/** "the phone number 1001 and the WhatsApp account 2001" */
export const assetNames = (assets: readonly Pick<AssetFact, "kind" | "id">[]): string =>
  assets.map(({ kind, id }) => `the ${ASSET_NOUNS[kind]} ${id}`).join(" and ");

/** True for an id of another kind of object than the one it is set for. */
export const isOtherKind = (asset: AssetFact): asset is Refused =>
  asset.reach === "refused" && asset.why === "other_kind";

interface NodeKind {
  /** Stands after "The id 1001 is". */
  readonly words: string;
  /** The one of our two kinds that it is; undefined for any other. */
  readonly asset?: AssetKind;
}

/** What an id really is, by Graph's name of the kind of object. */
export const kindOfNode = (node: string): NodeKind =>
  NODES.get(node) ?? { words: `the id of an object that Meta calls ${node}` };

/** Kinds whose ids stand near each other in Meta's pages, and are taken for one another. */
const NODES: ReadonlyMap<string, NodeKind> = new Map<string, NodeKind>([
  ["WhatsAppBusinessAccount", { words: "the id of a WhatsApp Business Account", asset: "waba" }],
  ["WhatsAppBusinessPhoneNumber", { words: "the id of a phone number", asset: "phone" }],
  ["Business", { words: "the id of a business portfolio" }],
  ["Application", { words: "the id of a Meta app" }],
  ["User", { words: "the id of a person or system user" }],
  ["SystemUser", { words: "the id of a system user" }],
  ["Page", { words: "the id of a Facebook page" }],
]);
