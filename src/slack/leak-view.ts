import { actions, button, header, section } from "./blocks.ts";
import { checkButton } from "./check/check-button.ts";
import { GUIDE } from "./guide/ids.ts";
import { COMMAND } from "./parse-command.ts";
import type { PrivateMessage } from "./request.ts";

/** The private reply to a command that contains what looks like a token. It never repeats that text. */
export const leakMessage = (): PrivateMessage => {
  const explanation = `What you typed behind ${COMMAND} looks like a token. It was not used and not checked, but it went through Slack as text and stays there.`;
  const nextStep =
    "Treat it as leaked: revoke it, make a new one, and put the new one straight into your app. To check a token, use the form.";
  return {
    text: `Warning: ${explanation} ${nextStep}`,
    blocks: [
      header("Treat this token as leaked"),
      section(explanation),
      section(nextStep),
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
