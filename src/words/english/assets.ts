import { code, rich, type Spans } from "../../guide/rich-text.ts";
import type { AssetKind, Sending } from "../../token/inspection.ts";
import type { AssetVerdict } from "../../token/verdict.ts";
import { coded, listed } from "../values.ts";

export const assetNouns: Readonly<Record<AssetKind, string>> = { phone: "phone number", waba: "WhatsApp account" };

/** The noun at the beginning of a line. */
export const assetTitles: Readonly<Record<AssetKind, string>> = { phone: "Phone number", waba: "WhatsApp account" };

/** Each sentence says what Meta reports now. It does not promise that sending works. */
export const sendingReports: Readonly<Record<Sending, Spans>> = {
  available: rich`Meta reports no sending block.`,
  limited: rich`Meta reports a sending limit.`,
  blocked: rich`Meta reports a sending block.`,
};

/** Where an ID is set: the environment, or a key of the watchlist. */
export const idSettings: Readonly<Record<AssetKind, Spans>> = {
  phone: rich`${code("WHATSAPP_PHONE_NUMBER_ID")} (${code("phoneNumberId")} in the watchlist)`,
  waba: rich`${code("WHATSAPP_BUSINESS_ACCOUNT_ID")} (${code("whatsappBusinessAccountId")} in the watchlist)`,
};

/** "the phone number 1001 and the WhatsApp account 2001" */
export function assetNames(assets: readonly Pick<AssetVerdict, "kind" | "id">[]): Spans {
  return listed(assets.map(({ kind, id }) => rich`the ${assetNouns[kind]} ${coded(id)}`));
}

/** Names of IDs. The verdict's assets give the kind: "the phone number 1001", else "the ID 1001". */
export function objectNames(ids: readonly string[], assets: readonly AssetVerdict[]): Spans {
  return listed(
    ids.map((id) => {
      const kind = assets.find((asset) => asset.id === id)?.kind;
      return rich`the ${kind === undefined ? "ID" : assetNouns[kind]} ${coded(id)}`;
    }),
  );
}

/** The real kind of an ID, from Graph's name of the object; follows "The ID 1001 is". */
export function nodeName(node: string): Spans {
  const known = NODES.get(node);
  return known === undefined ? rich`the ID of an object that Meta calls ${coded(node, 60)}` : rich`${known}`;
}

/** The asset kind of an object: phone number or account; undefined for any other object. */
export function assetKindOfNode(node: string): AssetKind | undefined {
  return ASSET_NODES.get(node);
}

const ASSET_NODES: ReadonlyMap<string, AssetKind> = new Map<string, AssetKind>([
  ["WhatsAppBusinessAccount", "waba"],
  ["WhatsAppBusinessPhoneNumber", "phone"],
]);

/** Kinds whose IDs are close together on Meta's pages, so people confuse them. */
const NODES: ReadonlyMap<string, string> = new Map([
  ["WhatsAppBusinessAccount", "the ID of a WhatsApp Business Account"],
  ["WhatsAppBusinessPhoneNumber", "the ID of a phone number"],
  ["Business", "the ID of a business portfolio"],
  ["Application", "the ID of a Meta app"],
  ["User", "the ID of a person or system user"],
  ["SystemUser", "the ID of a system user"],
  ["Page", "the ID of a Facebook page"],
]);
