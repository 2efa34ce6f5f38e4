import type { Renewal } from "../../../renewal/renewal.ts";
import { type ChannelMessage, wordsOnly } from "../../kit/channel-message.ts";
import { literal } from "../../kit/mrkdwn.ts";

/** The message of a renewal. */
export function renewalMessage({ watch }: Renewal): ChannelMessage {
  return wordsOnly(`Renewal of ${literal(watch, 80)}`);
}
