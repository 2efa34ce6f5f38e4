// Only this file turns Bolt's arguments into the bot's own requests. Payloads come from outside and may lack any field,
// whatever Bolt's types say.
import type {
  BlockAction,
  MessageShortcut,
  RespondArguments,
  RespondFn,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewResponseAction,
  ViewSubmitAction,
} from "@slack/bolt";
import type { SlackDeps } from "./deps.ts";
import { isOrganisation } from "./organisation.ts";
import { privateModal } from "../kit/notice-view.ts";
import { fieldOf, fieldValues, textOf } from "./payload.ts";
import type {
  ActionRequest,
  CommandRequest,
  HomeRequest,
  Person,
  PrivateMessage,
  ShortcutRequest,
  SubmissionRequest,
} from "./request.ts";
import { changeView, sendDirectly } from "./show.ts";
import { slackErrorWord } from "../transport/slack-error.ts";

/** Interactions name the person's own workspace; a view also names the one that installed the bot. */
export function personOf(body: unknown): Person {
  return {
    userId: textOf(body, "user", "id"),
    teamId: textOf(body, "user", "team_id") ?? textOf(body, "team", "id"),
    actingTeamId: textOf(body, "team", "id"),
    enterpriseId: textOf(body, "enterprise", "id") ?? textOf(body, "team", "enterprise_id"),
    installedTeamId: textOf(body, "view", "app_installed_team_id") ?? textOf(body, "view", "team_id"),
  };
}

export function commandRequest(
  { body, ack, respond }: SlackCommandMiddlewareArgs,
  deps: Pick<SlackDeps, "people" | "log">,
): CommandRequest {
  const person = commandPerson(body);
  const reply = replyPrivately(deps, person, body, respond);
  return {
    person,
    triggerId: textOf(body, "trigger_id"),
    text: textOf(body, "text") ?? "",
    ack: once<string>(ack).ack,
    reply: (message) => reply(message, false),
  };
}

export function actionRequest(
  { body, action, ack, respond }: SlackActionMiddlewareArgs<BlockAction>,
  deps: SlackDeps,
): ActionRequest {
  const person = personOf(body);
  const replyHere = replyPrivately(deps, person, body, respond);
  const atHome = textOf(body, "view", "type") === "home";
  const triggerId = textOf(body, "trigger_id");
  const home = replyAtHome(deps, person, triggerId);
  const reply = async (message: PrivateMessage, replace: boolean): Promise<void> => {
    if (atHome) await home(message);
    else await replyHere(message, replace);
  };
  return {
    person,
    triggerId,
    actionId: textOf(action, "action_id") ?? "",
    value: textOf(action, "value") ?? textOf(action, "selected_option", "value"),
    channelId: textOf(body, "channel", "id"),
    viewId: atHome ? undefined : textOf(body, "view", "id"),
    atHome,
    ack: once<void>(ack).ack,
    reply: (message) => reply(message, false),
    replace: (message) => reply(message, true),
  };
}

/** In a channel shared between organisations, the payload names the person's own workspace, as that of a button does. */
export function shortcutRequest(
  { body, ack, respond }: Omit<SlackShortcutMiddlewareArgs<MessageShortcut>, "say">,
  deps: Pick<SlackDeps, "people" | "log">,
): ShortcutRequest {
  const person = personOf(body);
  const reply = replyPrivately(deps, person, body, respond);
  return {
    person,
    triggerId: textOf(body, "trigger_id"),
    message: fieldOf(body, "message"),
    ack: once<void>(ack).ack,
    reply: (message) => reply(message, false),
  };
}

/**
 * The outer `team_id` of an event is the workspace of the person who acted; `authorizations` names the workspace that
 * installed the bot (slackapi/bolt-js issue 1948, read 2026-11). In a channel shared between organisations, the bot
 * does not trust a claim that the person is from its own workspace.
 */
export function homeRequest(body: unknown): HomeRequest {
  const teamId = textOf(body, "team_id");
  const installedTeamId = textOf(body, "authorizations", "0", "team_id");
  const userId = textOf(body, "event", "user");
  const doubtful = fieldOf(body, "is_ext_shared_channel") === true && teamId === installedTeamId;
  if (doubtful) return { person: { userId, teamId: undefined, installedTeamId } };
  // People act in a workspace, never in an organisation. For an organisation, this is the workspace of the event.
  const actingTeamId = isOrganisation(teamId) ? textOf(body, "context_team_id") : teamId;
  const enterpriseId = textOf(body, "enterprise_id");
  return { person: { userId, teamId, actingTeamId, enterpriseId, installedTeamId } };
}

/** `isAcked`: the view already has a response, so it can only be updated. */
export function submissionRequest({
  body,
  ack,
}: SlackViewMiddlewareArgs<ViewSubmitAction>): SubmissionRequest & { readonly isAcked: () => boolean } {
  return {
    person: personOf(body),
    viewId: textOf(body, "view", "id"),
    metadata: textOf(body, "view", "private_metadata"),
    values: fieldValues(fieldOf(body, "view")),
    ...once<ViewResponseAction>(ack),
  };
}

function privately({ text, blocks }: PrivateMessage, replace: boolean): RespondArguments {
  return {
    response_type: "ephemeral",
    replace_original: replace,
    text,
    blocks: [...blocks],
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** HTTP refuses a second acknowledgement by throwing (bolt 5.1.0; tried 2026-11). */
function once<T>(ack: (response?: T) => Promise<void>) {
  let acked = false;
  return {
    ack: async (response?: T): Promise<void> => {
      if (acked) return;
      acked = true;
      await ack(response);
    },
    isAcked: () => acked,
  };
}

/** Only people of the workspace that installed an app can run its command (Slack Connect, docs.slack.dev, read 2026-11). */
function commandPerson(body: unknown): Person {
  return {
    userId: textOf(body, "user_id"),
    teamId: textOf(body, "team_id"),
    actingTeamId: textOf(body, "team_id"),
    enterpriseId: textOf(body, "enterprise_id"),
    installedTeamId: textOf(body, "team_id"),
  };
}

/**
 * Answers a person privately through the response_url. That address may be out of reach (a proxy, or 30 minutes have
 * passed). The person then gets the same message as a direct message. It never goes to the channel.
 */
function replyPrivately(
  deps: Pick<SlackDeps, "people" | "log">,
  { userId }: Person,
  body: unknown,
  respond: RespondFn,
) {
  return async (message: PrivateMessage, replace: boolean): Promise<void> => {
    // Bolt's type says that the response_url is always there, but a modal has none (bolt 5.1.0; tried 2026-11).
    if (textOf(body, "response_url") === undefined) return sendDirectly(deps, userId, message);
    try {
      await respond(privately(message, replace));
    } catch (error) {
      if (userId === undefined) throw error;
      deps.log.warn({ error: slackErrorWord(error) }, "a response_url took no reply; sending a direct message");
      await sendDirectly(deps, userId, message);
    }
  };
}

/** A Home has no response_url. The first reply opens a modal, and each further reply replaces its content. */
function replyAtHome(
  deps: SlackDeps,
  { userId }: Person,
  triggerId: string | undefined,
): (message: PrivateMessage) => Promise<void> {
  let viewId: string | undefined;
  return async (message) => {
    const view = privateModal(message);
    try {
      if (viewId !== undefined) return await changeView(deps, viewId, view);
      if (triggerId !== undefined) {
        viewId = textOf(await deps.people.views.open({ trigger_id: triggerId, view }), "view", "id");
        return;
      }
    } catch (error) {
      deps.log.warn({ error: slackErrorWord(error) }, "a reply could not be shown; sending a direct message");
    }
    await sendDirectly(deps, userId, message);
  };
}
