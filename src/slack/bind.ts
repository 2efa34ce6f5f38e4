import type { App, BlockAction, ViewSubmitAction } from "@slack/bolt";
import { showInView } from "./show.ts";
import type { SlackDeps } from "./deps.ts";
import { noticeHome } from "./home/notice-home.ts";
import { actionRequest, commandRequest, homeRequest, submissionRequest } from "./incoming.ts";
import { errorReply, errorSentence, ListenerError } from "./listener-error.ts";
import { noticeMessage, noticeView } from "./notice-view.ts";
import { textOf } from "./payload.ts";
import type { ActionRequest, CommandRequest, HomeRequest, PrivateMessage, SubmissionRequest } from "./request.ts";
import { slackErrorWord } from "./slack-error.ts";

/** What we use of Bolt. */
export type BoltListening = Pick<App, "command" | "action" | "view" | "event">;

export type Listener<R> = (request: R, deps: SlackDeps) => Promise<void>;
type Table<R> = Readonly<Record<string, Listener<R>>>;

/** What answers to which id. */
export interface Listeners {
  readonly commands: Table<CommandRequest>;
  /** By action id. */
  readonly actions: Table<ActionRequest>;
  /** By the callback id of the view. */
  readonly submissions: Table<SubmissionRequest>;
  /** Shows somebody the Home as it is now. */
  readonly home: Listener<HomeRequest>;
}

const OLD = "This belongs to an older version of the bot and does nothing any more. Start again with /wa-token.";

/** A button of ours that nobody knows any more. */
const unknownAction = async (request: ActionRequest): Promise<void> => {
  await request.ack();
  await request.reply(noticeMessage(OLD));
};

/**
 * Runs a listener. When it fails the person gets one sentence with an id to quote, and the error goes on to
 * `app.error` under the same id, to be logged once.
 */
const guarded = async (
  listener: string,
  { newId, log }: SlackDeps,
  run: () => Promise<void>,
  tell: (id: string) => Promise<void>,
): Promise<void> => {
  try {
    await run();
  } catch (cause) {
    const id = newId();
    await tell(id).catch((error: unknown) => {
      log.warn({ id, listener, error: slackErrorWord(error) }, "the person could not be told of an error");
    });
    throw new ListenerError(id, listener, cause);
  }
};

const tellBy =
  (ack: () => Promise<void>, reply: (message: PrivateMessage) => Promise<void>) =>
  async (id: string): Promise<void> => {
    await ack();
    await reply(errorReply(id));
  };

const own = <L>(table: Readonly<Record<string, L>>, id: string): L | undefined =>
  Object.hasOwn(table, id) ? table[id] : undefined;

/**
 * Binds the table of register.ts to a Bolt app: one Bolt listener per kind of payload, which looks the id up. So an id
 * that nobody knows is acknowledged and answered as well.
 */
export const bindListeners = (app: BoltListening, deps: SlackDeps, listeners: Listeners): void => {
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
    // What was pressed is done, and the next visit shows it too.
    if (request.atHome)
      await listeners.home(request, deps).catch((error: unknown) => {
        deps.log.warn({ error: slackErrorWord(error) }, "a Home could not be shown after a button in it");
      });
  });

  app.event("app_home_opened", async ({ event, body }) => {
    // Slack tells of both tabs (app_home_opened, docs.slack.dev, read 2026-11).
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
};
