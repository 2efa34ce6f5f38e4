import type { App } from "@slack/bolt";
import { checkAnother } from "./check/actions.ts";
import { CHECK, CHECK_FORM } from "./check/ids.ts";
import { openFromButton } from "./check/open.ts";
import { createTurns } from "./check/rate-limit.ts";
import { submitCheck } from "./check/submission.ts";
import { answerCommand } from "./command.ts";
import { bindListeners, type Listeners } from "./bind.ts";
import type { SlackDeps } from "./deps.ts";
import { acknowledge, openBeside, turnPage } from "./guide/actions.ts";
import { GUIDE, GUIDE_LINKS } from "./guide/ids.ts";
import { COMMAND } from "./parse-command.ts";

/** The one table from id to listener. The turns of its check form live as long as it does. */
const createListeners = (): Listeners => {
  const takeTurn = createTurns();
  return {
    commands: { [COMMAND]: answerCommand },
    actions: {
      [GUIDE.whole]: turnPage,
      [GUIDE.walk]: turnPage,
      [GUIDE.previous]: turnPage,
      [GUIDE.next]: turnPage,
      [GUIDE.jump]: turnPage,
      [GUIDE.beside]: openBeside,
      [GUIDE_LINKS.settings]: acknowledge,
      [GUIDE_LINKS.apps]: acknowledge,
      [CHECK.open]: openFromButton,
      [CHECK.another]: checkAnother,
    },
    submissions: { [CHECK_FORM]: (request, deps) => submitCheck(request, deps, takeTurn) },
  };
};

/** Makes a Bolt app answer people: command, buttons, forms. */
export const registerListeners = (app: Pick<App, "command" | "action" | "view">, deps: SlackDeps): void =>
  bindListeners(app, deps, createListeners());
