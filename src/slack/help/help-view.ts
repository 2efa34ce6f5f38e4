import { actions, button, header, section } from "../blocks.ts";
import { checkButton } from "../check/check-button.ts";
import { GUIDE } from "../guide/ids.ts";
import { literal, LONGEST_REPEATED } from "../mrkdwn.ts";
import { COMMAND } from "../parse-command.ts";
import type { PrivateMessage } from "../request.ts";

const COMMANDS: readonly (readonly [string, string])[] = [
  ["guide", "how to make a WhatsApp token that lasts, step by step"],
  ["guide expired", "find a topic: expired, scopes, system users, leak, 190…"],
  ["check", "is a token alive, until when, and can it do its job? Opens a private form"],
  ["check NAME", "the same for one watched token"],
  ["status", "every watched token, worst first"],
  ["status open", "only those with an open alert"],
  ["status NAME", "all that is known about one of them"],
  ["help", "this"],
];

const PRIVACY = "Only you see the answers. Never type a token behind the command: what you type there stays in Slack.";

/** What the bot can do. `unknown`: the word that was no command. */
export const helpMessage = (unknown: string | undefined): PrivateMessage => {
  const opening =
    unknown === undefined ? "" : `There is no command “${literal(unknown, LONGEST_REPEATED)}”. Try one of these:\n`;
  const list = COMMANDS.map(([words, what]) => [`${COMMAND} ${words}`, what] as const);
  return {
    text: `${opening}${list.map(([line, what]) => `${line}: ${what}.`).join("\n")}\n${PRIVACY}`,
    blocks: [
      header("WhatsApp token help"),
      section(`${opening}${list.map(([line, what]) => `\`${line}\`  ${what}`).join("\n")}`),
      section(PRIVACY),
      actions(
        button({ id: GUIDE.whole, text: "Open the guide", label: "Open the guide to a token that lasts" }),
        checkButton(),
      ),
    ],
  };
};
