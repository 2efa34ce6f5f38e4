import { createWatchTurns } from "../messages/alert/check-pause.ts";
import { ALERT, SNOOZE_FORM } from "../messages/alert/ids.ts";
import { bindListeners, type BoltListening, type Listener, type Listeners } from "./bind.ts";
import { CHECK, CHECK_FORM } from "../check/ids.ts";
import { createTurns } from "../check/rate-limit.ts";
import type { SlackDeps } from "./deps.ts";
import { GUIDE, GUIDE_LINKS } from "../guide/ids.ts";
import { COMMAND } from "./parse-command.ts";

/** Registers the command, buttons, forms and Home with a Bolt app. */
export function registerListeners(app: BoltListening, deps: SlackDeps): void {
  bindListeners(app, deps, createListeners());
}

/** Loads a feature at its first use. The bot starts sooner, and most buttons are never pressed. */
function lazily<R>(load: () => Promise<Listener<R>>): Listener<R> {
  return async (request, deps) => {
    const listener = await load();
    await listener(request, deps);
  };
}

/** Runs `make` once and returns the same result each time, because the result remembers running work. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

const command = lazily(async () => (await import("./command.ts")).handleCommand);
const turnPage = lazily(async () => (await import("../guide/actions.ts")).turnPage);
const openBeside = lazily(async () => (await import("../guide/actions.ts")).openBeside);
const ackLink = lazily(async () => (await import("../guide/actions.ts")).ackLink);
const openFromButton = lazily(async () => (await import("../check/open.ts")).openFromButton);
const checkAnother = lazily(async () => (await import("../check/actions.ts")).checkAnother);
const checkWithIds = lazily(async () => (await import("../check/actions.ts")).checkWithIds);
const acknowledgeAlert = lazily(async () => (await import("../messages/alert/actions.ts")).acknowledgeAlert);
const unacknowledgeAlert = lazily(async () => (await import("../messages/alert/actions.ts")).unacknowledgeAlert);
const openSnooze = lazily(async () => (await import("../messages/alert/actions.ts")).openSnooze);
const unsnoozeAlert = lazily(async () => (await import("../messages/alert/actions.ts")).unsnoozeAlert);
const openAlertGuide = lazily(async () => (await import("../messages/alert/actions.ts")).openAlertGuide);
const submitSnooze = lazily(async () => (await import("../messages/alert/snooze-submission.ts")).submitSnooze);

const showHome = lazily(async () => (await import("../home/show.ts")).showHome);

/** The one table from ID to listener. The limits on checks last as long as the table. */
function createListeners(): Listeners {
  const takeTurn = createTurns();
  const takeWatchTurn = createWatchTurns();
  return {
    commands: { [COMMAND]: command },
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
      [ALERT.check]: lazily(
        once(async () => {
          const { createCheckNow } = await import("../messages/alert/check.ts");
          return createCheckNow(takeWatchTurn);
        }),
      ),
      [ALERT.guide]: openAlertGuide,
    },
    home: showHome,
    submissions: {
      [SNOOZE_FORM]: submitSnooze,
      [CHECK_FORM]: lazily(async () => {
        const { submitCheck } = await import("../check/submission.ts");
        return (request, deps) => submitCheck(request, deps, takeTurn);
      }),
    },
  };
}
