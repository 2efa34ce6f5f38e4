import { words } from "../../words/words.ts";
import { actions, button, header, section } from "../kit/blocks.ts";
import { checkButton } from "../check/check-button.ts";
import { GUIDE } from "../guide/ids.ts";
import { LONGEST_REPEATED } from "../kit/mrkdwn.ts";
import type { PrivateMessage } from "../requests/request.ts";
import { slackText } from "../kit/spans.ts";

/** The list of commands. `unknown` is a word that is no command. */
export function helpMessage(unknown: string | undefined): PrivateMessage {
  const opening = unknown === undefined ? [] : [slackText(help.unknown(unknown, LONGEST_REPEATED))];
  const list = help.commands.map(([command, what]) => slackText(help.line(command, what)));
  const body = [...opening, ...list].join("\n");
  const privacy = slackText(help.privacy());
  return {
    text: `${body}\n${privacy}`,
    blocks: [
      header(help.title),
      section(body),
      section(privacy),
      actions(button({ id: GUIDE.whole, text: guide.open, label: guide.openAloud }), checkButton()),
    ],
  };
}

const { guide, help } = words;
