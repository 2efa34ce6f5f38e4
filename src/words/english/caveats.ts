import { code, rich, type Spans } from "../../guide/rich-text.ts";
import type { CaveatCode, Caveats, Unchecked } from "../../token/caveats.ts";
import type { AssetVerdict } from "../../token/verdict.ts";
import { sentences } from "../values.ts";
import { assetNames, assetNouns } from "./assets.ts";
import { failures } from "./failures.ts";

/** Facts that the word of a state alone would hide. */
export const caveats = {
  /** Nouns: "the phone number 1001 (Meta did not answer)". */
  unchecked(unchecked: Unchecked): readonly Spans[] {
    switch (unchecked.kind) {
      case "unread":
        return [...Map.groupBy(unchecked.assets, (asset) => JSON.stringify(reasonOf(asset))).values()].map((assets) => [
          ...assetNames(assets),
          ...assets.slice(0, 1).flatMap(reasonOf),
        ]);
      case "unset": {
        const nouns = unchecked.assets.map((kind) => assetNouns[kind]).join(" or ");
        return [rich`whether the token reaches a ${nouns} (no ID is set)`];
      }
      case "expiry":
        return [rich`the expiry date`];
      case "permissions":
        return [rich`the permissions`];
    }
  },

  /** Short sentences without a full stop. */
  warnings: {
    other_account: rich`the phone number belongs to another WhatsApp account`,
    not_registered: rich`the phone number is not registered`,
    temporary_token: rich`this is a temporary token`,
    not_system_user: rich`this is not a system user's token`,
    data_access_ended: rich`access to user data has ended`,
    proof_refused: rich`Meta refused the ${code("appsecret_proof")}`,
  } satisfies Readonly<Record<CaveatCode, Spans>>,

  /** Unchecked parts and warnings, one sentence each; empty when there are none. */
  texts({ unchecked, warnings }: Caveats): Spans {
    const open = unchecked.flatMap((one) => caveats.unchecked(one));
    return sentences(
      open.length === 0 ? [] : rich`Not checked: ${itemised(open)}.`,
      warnings.length === 0 ? [] : rich`Warning: ${itemised(warnings.map((warning) => caveats.warnings[warning]))}.`,
    );
  },

  /** How a person can avoid the expiry of a living token. */
  passEnd: rich`To avoid this expiry, generate a token with the expiration “Never”, if Meta offers it. Otherwise, renew this token before it expires.`,
};

/** Items of one sentence, separated by semicolons because an item may contain commas. */
function itemised(items: readonly Spans[]): Spans {
  return items.flatMap((item, index) => (index === 0 ? item : [...rich`; `, ...item]));
}

function reasonOf({ failure }: AssetVerdict): Spans {
  return failure === null ? [] : rich` (${failures.reason(failure)})`;
}
