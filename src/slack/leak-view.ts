import { actions, button, header, section } from "./blocks.ts";
import { checkButton } from "./check/check-button.ts";
import { GUIDE } from "./guide/ids.ts";
import { COMMAND } from "./parse-command.ts";
import type { PrivateMessage } from "./request.ts";

/** Said when something token-shaped was typed behind the command. Never repeats any of it. */
export const leakMessage = (): PrivateMessage => {
  const what = `What you typed behind ${COMMAND} looks like a token. It was not used and not checked, but it went through Slack as text and stays there.`;
  const todo =
    "Treat it as leaked: revoke it, make a new one, and put the new one straight into your app. To check a token, use the form.";
  return {
    text: `Warning: ${what} ${todo}`,
    blocks: [
      header("Treat this token as leaked"),
      section(what),
      section(todo),
      actions(
        checkButton("primary"),
        button({
          id: GUIDE.beside,
          text: "What to do now",
          value: "leak",
          label: "What to do now: the guide for a leaked token",
        }),
      ),
    ],
  };
};
