import { handleCommand } from "./command.ts";
import { ackLink, openBeside, turnPage } from "../guide/actions.ts";
import { openFromButton } from "../check/open.ts";
import { checkAnother, checkWithIds } from "../check/actions.ts";
import {
  acknowledgeAlert,
  openAlertGuide,
  openSnooze,
  unacknowledgeAlert,
  unsnoozeAlert,
} from "../messages/alert/actions.ts";
import { submitSnooze } from "../messages/alert/snooze-submission.ts";
import { showHome } from "../home/show.ts";
import { createCheckNow } from "../messages/alert/check.ts";
import { submitCheck } from "../check/submission.ts";
import { createWatchTurns } from "../messages/alert/check-pause.ts";
import { ALERT, SNOOZE_FORM } from "../messages/alert/ids.ts";
import { bindListeners, type BoltListening, type Listeners } from "./bind.ts";
import { CHECK, CHECK_FORM } from "../check/ids.ts";
import { createTurns } from "../check/rate-limit.ts";
import type { SlackDeps } from "./deps.ts";
import { GUIDE, GUIDE_LINKS } from "../guide/ids.ts";
import { LEAK_SHORTCUT } from "../leak/ids.ts";
import { checkMessage } from "../leak/open.ts";
import { createRenewalListeners } from "../renewal/listeners.ts";
import { openFind, submitFind, turnStatusPage } from "../status/actions.ts";
import { FIND_FORM, STATUS } from "../status/ids.ts";
import { COMMAND } from "./parse-command.ts";

/** Registers the command, buttons, shortcuts, forms and Home with a Bolt app. */
export function registerListeners(app: BoltListening, deps: SlackDeps): void {
  bindListeners(app, deps, createListeners());
}

/** The one table from ID to listener. The limits on checks last as long as the table. */
function createListeners(): Listeners {
  const takeTurn = createTurns();
  const renewal = createRenewalListeners(takeTurn);
  return {
    commands: { [COMMAND]: handleCommand },
    actions: {
      [GUIDE.whole]: turnPage,
      [GUIDE.walk]: turnPage,
      [GUIDE.previous]: turnPage,
      [GUIDE.next]: turnPage,
      [GUIDE.jump]: turnPage,
      [GUIDE.step]: turnPage,
      [GUIDE.beside]: openBeside,
      [GUIDE_LINKS.settings]: ackLink,
      [GUIDE_LINKS.apps]: ackLink,
      [CHECK.open]: openFromButton,
      [CHECK.another]: checkAnother,
      [CHECK.withIds]: checkWithIds,
      [ALERT.acknowledge]: acknowledgeAlert,
      [ALERT.unacknowledge]: unacknowledgeAlert,
      [ALERT.snooze]: openSnooze,
      [ALERT.unsnooze]: unsnoozeAlert,
      [ALERT.check]: createCheckNow(createWatchTurns()),
      [ALERT.guide]: openAlertGuide,
      [STATUS.page]: turnStatusPage,
      [STATUS.first]: turnStatusPage,
      [STATUS.find]: openFind,
      ...renewal.actions,
    },
    shortcuts: {
      [LEAK_SHORTCUT]: (request, deps) => checkMessage(request, deps, takeTurn),
    },
    home: showHome,
    submissions: {
      [SNOOZE_FORM]: submitSnooze,
      [FIND_FORM]: submitFind,
      [CHECK_FORM]: (request, deps) => submitCheck(request, deps, takeTurn),
      ...renewal.submissions,
    },
  };
}
