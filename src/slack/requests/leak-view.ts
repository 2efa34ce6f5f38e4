import { words } from "../../words/words.ts";
import { actions, button, header, section } from "../kit/blocks.ts";
import { checkButton } from "../check/check-button.ts";
import { GUIDE } from "../guide/ids.ts";
import type { PrivateMessage } from "./request.ts";
import { slackText } from "../kit/spans.ts";

/** The answer to a command that contains something like a token. It repeats no part of that text. */
export function leakMessage(): PrivateMessage {
  return {
    text: slackText(leak.inText(leak.what(), leak.todo())),
    blocks: [
      header(leak.title),
      section(slackText(leak.what())),
      section(slackText(leak.todo())),
      actions(
        checkButton("primary"),
        button({ id: GUIDE.beside, text: leak.guide, value: "leak", label: leak.guideLabel }),
      ),
    ],
  };
}

const { leak } = words.help;
