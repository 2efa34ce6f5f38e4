import { code, date, rich, type Spans } from "../../guide/rich-text.ts";
import { describeExpiry, type Expiry } from "../../token/expiry.ts";
import type { AssetKind } from "../../token/inspection.ts";
import type { AssetVerdict, Verdict } from "../../token/verdict.ts";
import { coded, foreign, listed, sentences } from "../../words/values.ts";
import { words } from "../../words/words.ts";

/** What doctor says about the token of a watch and about its IDs. It speaks neither of later checks nor of buttons. */
export const tokenWords = {
  /** "The token works" would hide a problem with its app or its IDs. */
  alive: (verdict: Verdict): Spans =>
    verdict.state === "healthy" ? words.checkResult.healthy(verdict, false) : rich`Meta accepts the token.`,

  end(expiry: Expiry, now: Date): Spans {
    switch (expiry.kind) {
      case "never":
        return rich`It never expires.`;
      case "at":
        return rich`It expires ${date(expiry.at)} (${describeExpiry(expiry, now)}).`;
      case "not_known":
        return [];
    }
  },

  /** After a problem with the same remedy. */
  sameSteps: rich`The same steps help.`,

  readFrom: (source: string): Spans => rich`Read from ${foreign(source, 200)}.`,
  notChecked: (why: string): Spans => rich`Not checked: ${why}`,

  /** An ID that the token reached, with its kind and its name. */
  reached: ({ kind, id, name, sending }: AssetVerdict): Spans =>
    sentences(
      rich`${coded(id)} is the ID of a ${words.assets.nouns[kind]}${name === null ? [] : rich`, ${foreign(name, 100)}`}.`,
      sending === null ? [] : words.assets.sendingReports[sending],
    ),

  noIds: rich`no ID is set, so doctor cannot test what the token reaches. Set ${code("WHATSAPP_PHONE_NUMBER_ID")} and ${code("WHATSAPP_BUSINESS_ACCOUNT_ID")}, or ${code("phoneNumberId")} and ${code("whatsappBusinessAccountId")} in the watchlist.`,

  /** The refused ID is the number that people call. */
  isNumberItself: (id: string, right: string): Spans =>
    rich`${coded(id)} is the phone number itself. Set ${words.assets.idSettings.phone} to its ID, ${coded(right)}.`,
  looksLikeNumber: (id: string): Spans =>
    rich`${coded(id)} has only ${String(id.length)} digits, so it may be the phone number itself, not its ID.`,
  numbersOf: (accountId: string, numbers: readonly Numbered[]): Spans =>
    rich`The WhatsApp account ${coded(accountId)} has ${listed(numbers.map(numberName), 3)}.`,

  /** The ID is right, so only the secret can be wrong. */
  secretIsWrong: (watch: string): Spans =>
    rich`The token of ${coded(watch)} belongs to this app, so the app ID is right and ${code("META_APP_SECRET")} is wrong.`,
  copySecret: rich`Copy the app secret from App Dashboard, App settings, Basic, into ${code("META_APP_SECRET")}. Then run this again.`,
  issuedBy: (watch: string, { id, name }: { readonly id: string; readonly name: string | null }): Spans =>
    rich`The token of ${coded(watch)} belongs to the app ${name === null ? [] : rich`${foreign(name, 80)}, `}ID ${coded(id)}.`,
  setThatApp: rich`To watch this token, set ${code("META_APP_ID")} and ${code("META_APP_SECRET")} to those of that app.`,
  isAsset: (id: string, kind: AssetKind): Spans => rich`${coded(id)} is the ID of a ${words.assets.nouns[kind]}.`,
  isOther: (id: string, node: string): Spans => rich`${coded(id)} is ${words.assets.nodeName(node)}.`,
};

interface Numbered {
  readonly id: string;
  /** The number as Meta shows it. */
  readonly display: string | null;
}

function numberName({ id, display }: Numbered): Spans {
  return display === null
    ? rich`a number with the ID ${coded(id)}`
    : rich`the number ${foreign(display, 40)} (ID ${coded(id)})`;
}
