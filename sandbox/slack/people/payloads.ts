import { randomBytes } from "node:crypto";
import type { Directory, PersonIdentity } from "../directory.ts";
import type { JsonObject } from "../json.ts";
import type { SeenMessage } from "../messages.ts";

/**
 * Fields of every interaction. For a person of another organisation, `team` and `user.team_id` are those of that
 * organisation (Slack Connect, docs.slack.dev, read 2026-11); a view still names the team that installed the app.
 */
export function interactionBase(type: string, who: PersonIdentity, directory: Directory): JsonObject {
  return {
    type,
    team: { id: who.teamId, domain: who.teamDomain },
    user: { id: who.id, username: who.name, name: who.name, team_id: who.teamId },
    api_app_id: directory.appId,
    token: TOKEN,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** The form fields of a slash command (implementing-slash-commands, docs.slack.dev, read 2026-11). */
export function commandPayload(
  who: PersonIdentity,
  directory: Directory,
  line: { readonly command: string; readonly text: string; readonly channel: string },
  issued: { readonly triggerId: string; readonly responseUrl: string },
): JsonObject {
  return {
    token: TOKEN,
    team_id: who.teamId,
    team_domain: who.teamDomain,
    channel_id: line.channel,
    channel_name: channelName(directory, line.channel),
    user_id: who.id,
    user_name: who.name,
    command: line.command,
    text: line.text,
    api_app_id: directory.appId,
    is_enterprise_install: "false",
    response_url: issued.responseUrl,
    trigger_id: issued.triggerId,
  };
}

/** The fields of `block_actions` that locate an element in a message. */
export function messageParts(message: SeenMessage, directory: Directory): JsonObject {
  const ephemeral = message.onlyFor !== undefined;
  const thread = message.threadTs === undefined ? {} : { thread_ts: message.threadTs };
  return {
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: ephemeral,
      ...thread,
    },
    channel: { id: message.channel, name: channelName(directory, message.channel) },
    // Slack does not store ephemeral messages, so it does not send them back.
    ...(ephemeral ? {} : { message: messagePayload(message, directory) }),
  };
}

/**
 * An Events API envelope for one event. The outer `team_id` is the workspace of the acting person; `authorizations`
 * names the workspace that installed the app (slackapi/bolt-js issue 1948, read 2026-11).
 */
export function eventPayload(
  who: PersonIdentity,
  directory: Directory,
  event: JsonObject,
  atSeconds: number,
): JsonObject {
  return {
    token: TOKEN,
    team_id: who.teamId,
    api_app_id: directory.appId,
    event,
    type: "event_callback",
    event_id: `Ev0${randomBytes(5).toString("hex").toUpperCase()}`,
    event_time: atSeconds,
    is_ext_shared_channel: who.outsider,
    authorizations: [
      {
        enterprise_id: null,
        team_id: directory.teamId,
        user_id: directory.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
  };
}

/** Slack's deprecated verification token: apps must not trust it. */
const TOKEN = "sandbox-verification";

function messagePayload(message: SeenMessage, directory: Directory): JsonObject {
  return {
    type: "message",
    user: message.user,
    bot_id: directory.botId,
    app_id: directory.appId,
    team: directory.teamId,
    ts: message.ts,
    text: message.text,
    blocks: message.blocks,
    ...(message.attachments.length === 0 ? {} : { attachments: message.attachments }),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
  };
}

function channelName(directory: Directory, channel: string): string {
  const known = directory.findChannel(channel);
  if (known === undefined) return "directmessage";
  return known.isPrivate ? "privategroup" : known.name;
}
