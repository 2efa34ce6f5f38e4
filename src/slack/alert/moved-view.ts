import type { Shown } from "../../watch/message.ts";
import { channelText } from "../channel-text.ts";
import { type ChannelMessage, wordsOnly } from "../channel-message.ts";
import { linkTo, type Links } from "../links.ts";
import { watchName } from "./alert-text.ts";

/** In place of an alert that has another message now. */
export function movedMessage({ alert, home }: Shown, links: Links): ChannelMessage {
  const link = home === null ? undefined : linkTo(links, home);
  const where =
    link === undefined ? `another message in ${channelText(alert.card.channel)}` : `<${link}|another message>`;
  return wordsOnly(`Moved: ${watchName(alert)} has ${where} now.`);
}
