import type { App, BlockAction, MessageShortcut, ViewSubmitAction } from "@slack/bolt";
import { words } from "../../words/words.ts";
import { showInView } from "./show.ts";
import type { SlackDeps } from "./deps.ts";
import { noticeHome } from "../home/notice-home.ts";
import { actionRequest, commandRequest, homeRequest, shortcutRequest, submissionRequest } from "./incoming.ts";
import { errorReply, errorSentence, ListenerError } from "./listener-error.ts";
import { noticeMessage, noticeView } from "../kit/notice-view.ts";
import { textOf } from "./payload.ts";
import type {
  ActionRequest,
  CommandRequest,
  HomeRequest,
  PrivateMessage,
  ShortcutRequest,
  SubmissionRequest,
} from "./request.ts";
import { slackErrorWord } from "../transport/slack-error.ts";

/** The parts of Bolt that this file uses. */
export type BoltListening = Pick<App, "command" | "action" | "shortcut" | "view" | "event">;

type Listener<R> = (request: R, deps: SlackDeps) => Promise<void>;

/** The listener for each ID. */
export interface Listeners {
  readonly commands: Table<CommandRequest>;
  /** By action ID. */
  readonly actions: Table<ActionRequest>;
  /** In the menu of a message, by callback ID. */
  readonly shortcuts: Table<ShortcutRequest>;
  /** By the callback ID of the view. */
  readonly submissions: Table<SubmissionRequest>;
  /** Shows a person the current Home. */
  readonly home: Listener<HomeRequest>;
}

/**
 * Binds the table of register.ts to a Bolt app. Each kind of payload has one Bolt listener, which looks the ID up. This
 * way the bot acknowledges and answers unknown IDs too.
 */
export function bindListeners(app: BoltListening, deps: SlackDeps, listeners: Listeners): void {
  for (const [name, listener] of Object.entries(listeners.commands))
    app.command(name, async (args) => {
      const request = commandRequest(args, deps);
      await guarded(name, deps, () => listener(request, deps), tellBy(request.ack, request.reply));
    });

  app.action<BlockAction>({ type: "block_actions" }, async (args) => {
    const request = actionRequest(args, deps);
    const known = own(listeners.actions, request.actionId);
    const listener = known ?? unknownAction;
    await guarded(
      known === undefined ? "unknown action" : request.actionId,
      deps,
      () => listener(request, deps),
      tellBy(request.ack, request.reply),
    );
    // The button has done its work; if this fails, the next visit shows the result.
    if (request.atHome)
      await listeners.home(request, deps).catch((error: unknown) => {
        deps.log.warn({ error: slackErrorWord(error) }, "a Home could not be shown after its button was pressed");
      });
  });

  app.shortcut<MessageShortcut>({ type: "message_action" }, async (args) => {
    const request = shortcutRequest(args, deps);
    const callbackId = textOf(args.body, "callback_id") ?? "";
    const known = own(listeners.shortcuts, callbackId);
    await guarded(
      known === undefined ? "unknown shortcut" : callbackId,
      deps,
      () => (known ?? unknownAction)(request, deps),
      tellBy(request.ack, request.reply),
    );
  });

  app.event("app_home_opened", async ({ event, body }) => {
    // Slack sends this event for both tabs (app_home_opened, docs.slack.dev, read 2026-11).
    if (event.tab !== "home") return;
    const request = homeRequest(body);
    await guarded(
      "app_home_opened",
      deps,
      () => listeners.home(request, deps),
      async (id) => {
        const { userId } = request.person;
        if (userId !== undefined)
          await deps.people.views.publish({ user_id: userId, view: noticeHome(errorSentence(id)) });
      },
    );
  });

  app.view<ViewSubmitAction>({ type: "view_submission" }, async (args) => {
    const request = submissionRequest(args);
    const callbackId = textOf(args.body, "view", "callback_id") ?? "";
    const listener = own(listeners.submissions, callbackId);
    const run = async (): Promise<void> => {
      if (listener === undefined) await request.ack({ response_action: "update", view: noticeView(OLD) });
      else await listener(request, deps);
    };
    await guarded(listener === undefined ? "unknown view" : callbackId, deps, run, async (id) => {
      const view = noticeView(errorSentence(id));
      if (request.isAcked()) await showInView(deps, request, view, errorReply(id));
      else await request.ack({ response_action: "update", view });
    });
  });
}

type Table<R> = Readonly<Record<string, Listener<R>>>;

const OLD = words.notices.outdated;

/** Handles a button or shortcut of another version of the bot. */
async function unknownAction(request: Pick<ActionRequest, "ack" | "reply">): Promise<void> {
  await request.ack();
  await request.reply(noticeMessage(OLD));
}

/**
 * Runs a listener. When it fails, the person gets one sentence with an ID to quote. `app.error` logs the error once,
 * with the same ID.
 */
async function guarded(
  listener: string,
  { newId, log }: SlackDeps,
  run: () => Promise<void>,
  tell: (id: string) => Promise<void>,
): Promise<void> {
  try {
    await run();
  } catch (cause) {
    const id = newId();
    await tell(id).catch((error: unknown) => {
      log.warn({ id, listener, error: slackErrorWord(error) }, "could not tell a person about an error");
    });
    throw new ListenerError(id, listener, cause);
  }
}

function tellBy(ack: () => Promise<void>, reply: (message: PrivateMessage) => Promise<void>) {
  return async (id: string): Promise<void> => {
    await ack();
    await reply(errorReply(id));
  };
}

function own<L>(table: Readonly<Record<string, L>>, id: string): L | undefined {
  return Object.hasOwn(table, id) ? table[id] : undefined;
}
