import type { Shown } from "../../../outbox/message.ts";
import { named } from "../../../words/values.ts";
import { words } from "../../../words/words.ts";
import { type ChannelMessage, wordsOnly } from "../../kit/channel-message.ts";
import { linkTo, type Links } from "../../kit/links.ts";
import { slackText } from "../../kit/spans.ts";

/** Replaces the content of a message when its alert has another message now. */
export function movedMessage({ alert, home }: Shown, links: Links): ChannelMessage {
  const { lists } = words;
  const name = named(alert.card.name);
  const link = home === null ? undefined : linkTo(links, home);
  return wordsOnly(
    slackText(
      link === undefined
        ? lists.movedInChannel(name, lists.place(home?.channel ?? alert.card.channel))
        : lists.movedTo(name, link),
    ),
  );
}
