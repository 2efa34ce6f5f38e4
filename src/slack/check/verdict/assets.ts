import type { Spans } from "../../../guide/rich-text.ts";
import type { AssetVerdict, Verdict } from "../../../token/verdict.ts";
import { words } from "../../../words/words.ts";

/** Whether the token reached the phone number and the WhatsApp account. An ID without a read gives no line. */
export function assetLines({ assets }: Verdict): readonly Spans[] {
  return assets.flatMap(lineOf);
}

const { assets: lines } = words.results;

/** The finding alone has the details of a limit or block. */
function lineOf(asset: AssetVerdict): readonly Spans[] {
  const { kind, id, reach, failure } = asset;
  switch (reach) {
    case "reached":
      return [lines.reached(asset)];
    case "refused":
      return [lines.refused(kind, id)];
    case "not_known":
      return failure === null ? [] : [lines.notRead(kind, id, failure.message)];
  }
}
