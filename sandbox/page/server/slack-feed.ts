import type { SeenMessage } from "../../slack/messages.ts";
import { asString, isObject } from "../../slack/json.ts";
import type { Person } from "../../slack/people/driver.ts";
import type { SlackWorkspace } from "../../slack/workspace.ts";
import type {
  ConversationView,
  MessageView,
  ModalView,
  PersonView,
  SlackSnapshot,
} from "../protocol/slack-snapshot.ts";
import { tokenFieldOf, watchFieldOf } from "./samples/form-fields.ts";

/** The workspace as one person sees it; `watches` are names for the composer's completion. */
export function slackSnapshot(slack: SlackWorkspace, watches: readonly string[], viewerId: string): SlackSnapshot {
  const people = slack.people();
  const viewer = people.find(({ id }) => id === viewerId);
  if (viewer === undefined) throw new Error("There is no person with this id.");
  return {
    viewer: personView(viewer),
    people: people.map(personView),
    bot: { id: slack.botUserId, name: BOT_NAME },
    now: slack.clock.now().toISOString(),
    conversations: conversationsOf(slack, viewer),
    home: viewer.home()?.blocks ?? null,
    modal: modalOf(viewer),
    notices: viewer.notices().map(({ text }, index) => ({ id: String(index), text })),
    refusals: slack.rejections().map(({ at, method, error, messages }, index) => ({
      id: String(index),
      at: at.toISOString(),
      method,
      error,
      messages,
    })),
    // People from another organisation may not use the command, so completion must not show them the names of watches.
    watches: viewer.outsider ? [] : watches,
  };
}

function isReply({ threadTs, ts }: SeenMessage): boolean {
  return threadTs !== undefined && threadTs !== ts;
}

function messageView(message: SeenMessage, replies: readonly SeenMessage[]): MessageView {
  return {
    channel: message.channel,
    ts: message.ts,
    author: message.user,
    text: message.text,
    blocks: message.blocks,
    attachments: message.attachments,
    edited: message.edits > 0,
    onlyYou: message.onlyFor !== undefined,
    replyTo: isReply(message) ? (message.threadTs ?? null) : null,
    broadcast: message.broadcast,
    replies: replies.map((reply) => messageView(reply, [])),
  };
}

function inOrder(messages: readonly SeenMessage[]): readonly SeenMessage[] {
  return messages.toSorted((one, other) => Number(one.ts) - Number(other.ts));
}

/**
 * A newer answer to the same press replaces this one, for example "Checking…". Slack keeps both until the person
 * reloads, and promises nothing about how long it shows an ephemeral message.
 */
function isReplaced(message: SeenMessage, person: Person): boolean {
  const { answers } = message;
  return answers !== undefined && person.ephemerals().findLast((other) => other.answers === answers) !== message;
}

/** The messages that a person sees in one conversation, including the person's own ephemeral messages. */
function messagesOf(person: Person, channel: string): readonly MessageView[] {
  const own = person.ephemerals().filter((message) => message.channel === channel && !isReplaced(message, person));
  const posted = person.channelMessages(channel);
  return inOrder([...posted, ...own.filter((message) => !isReply(message))]).map((message) => {
    const replies = isReply(message) ? [] : person.thread(channel, message.ts).filter(isReply);
    const mine = own.filter((reply) => isReply(reply) && reply.threadTs === message.ts);
    return messageView(message, inOrder([...replies, ...mine]));
  });
}

function conversationsOf(slack: SlackWorkspace, person: Person): readonly ConversationView[] {
  return [
    ...slack
      .channels()
      .filter(({ shared }) => shared || !person.outsider)
      .map(({ id, name, shared }) => ({
        id,
        kind: "channel" as const,
        name,
        shared,
        messages: messagesOf(person, id),
      })),
    {
      id: person.dmChannel,
      kind: "dm",
      name: BOT_NAME,
      shared: false,
      messages: messagesOf(person, person.dmChannel),
    },
  ];
}

function wordOf(text: unknown): string | null {
  return isObject(text) ? (asString(text["text"]) ?? null) : null;
}

function modalOf(person: Person): ModalView | null {
  const modal = person.modal();
  if (modal === undefined) return null;
  const { id, hash, title, view, blocks, values, errors, depth } = modal;
  return {
    id,
    hash,
    title,
    submit: wordOf(view["submit"]),
    close: wordOf(view["close"]) ?? "Cancel",
    blocks,
    values,
    errors,
    tokenField: tokenFieldOf(modal),
    watchField: watchFieldOf(modal),
    depth,
  };
}

function personView({ id, name, realName, teamDomain, outsider }: Person): PersonView {
  return {
    id,
    name,
    realName,
    team: teamDomain,
    outsider,
  };
}

const BOT_NAME = "wa-token";
