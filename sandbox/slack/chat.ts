import type { Backend } from "./backend.ts";
import { withMessageIds } from "./block-ids.ts";
import type { Directory } from "./directory.ts";
import { asObjects, asString, isObject } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { messageRefusal } from "./limits/message.ts";
import type { Messages, SeenMessage } from "./messages.ts";
import type { Refuse } from "./refusal.ts";
import { errorReply } from "./reply.ts";
import type { Reply } from "./reply.ts";

export type Method = (args: JsonObject) => Promise<Reply>;

export interface ChatDeps {
  readonly backend: Backend;
  readonly directory: Directory;
  readonly messages: Messages;
  readonly scopes: readonly string[];
  readonly refuse: Refuse;
  readonly url: string;
}

/**
 * The chat methods. Each applies our limits and channel rules, then calls emulate, then updates the messages that
 * people see.
 */
export function chatMethods(deps: ChatDeps): Readonly<Record<string, Method>> {
  const post = (method: string): Method => checked(deps, method, "post");
  return {
    "chat.postMessage": async (args) => {
      const reply = await post("chat.postMessage")(args);
      rememberMessage(deps.messages, reply);
      return reply;
    },
    "chat.update": async (args) => {
      const reply = await checked(deps, "chat.update", "update")(args);
      rememberMessage(deps.messages, reply);
      return reply;
    },
    "chat.postEphemeral": async (args) => {
      const sent = withMessageIds(args);
      const reply = await post("chat.postEphemeral")(sent);
      const body = isObject(reply.body) && reply.body["ok"] === true ? reply.body : undefined;
      if (body !== undefined) {
        const channel = deps.directory.findChannel(String(args["channel"]))?.id ?? String(args["channel"]);
        // Slack keeps no event metadata on ephemeral messages.
        const message = { ...sent, metadata: undefined, ts: body["message_ts"], user: deps.directory.botUserId };
        deps.messages.put({ ...seenMessage(channel, message, undefined), onlyFor: String(args["user"]) });
      }
      return reply;
    },
    "chat.delete": async (args) => {
      const reply = await forward(deps, "chat.delete", args);
      if (isObject(reply.body) && reply.body["ok"] === true) {
        deps.messages.remove(String(args["channel"]), String(args["ts"]));
      }
      return reply;
    },
    "chat.getPermalink": async (args) => {
      const reply = await forward(deps, "chat.getPermalink", args);
      const link = isObject(reply.body) ? asString(reply.body["permalink"]) : undefined;
      if (link === undefined || !isObject(reply.body)) return reply;
      return { ...reply, body: { ...reply.body, permalink: link.replace(deps.backend.url, deps.url) } };
    },
  };
}

/** Stores the message as emulate returned it. */
export function rememberMessage(messages: Messages, reply: Reply): void {
  if (!isObject(reply.body) || reply.body["ok"] !== true || !isObject(reply.body["message"])) return;
  const channel = String(reply.body["channel"]);
  const message = reply.body["message"];
  messages.put(seenMessage(channel, message, messages.find(channel, String(message["ts"]))));
}

/** A message as people see it; `before` is the version that it replaces. */
export function seenMessage(channel: string, message: JsonObject, before: SeenMessage | undefined): SeenMessage {
  return {
    channel,
    ts: String(message["ts"]),
    threadTs: asString(message["thread_ts"]),
    text: asString(message["text"]) ?? "",
    blocks: asObjects(message["blocks"]),
    attachments: asObjects(message["attachments"]),
    metadata: message["metadata"],
    user: String(message["user"]),
    edits: before === undefined ? 0 : before.edits + 1,
    broadcast: message["reply_broadcast"] === true,
    onlyFor: undefined,
  };
}

/** Forwards a method to emulate. A method that emulate does not have answers `unknown_method`, as in Slack. */
export async function forward(deps: { readonly backend: Backend }, method: string, args: JsonObject): Promise<Reply> {
  const reply = await deps.backend.call(method, args, "bot");
  if (reply.body === undefined || reply.status === 404) return errorReply("unknown_method", { req_method: method });
  return { status: reply.status, body: reply.body };
}

function checked(deps: ChatDeps, method: string, kind: "post" | "update"): Method {
  return async (args) => {
    const refusal = messageRefusal(args, kind);
    if (refusal !== undefined) return deps.refuse("api", method, refusal);
    const channel = deps.directory.findChannel(String(args["channel"]));
    if (channel?.isPrivate === true && !channel.botIsMember) return errorReply("channel_not_found");
    const mayPost = channel === undefined || channel.botIsMember || deps.scopes.includes("chat:write.public");
    if (!mayPost) return errorReply("not_in_channel");
    const sent = withMessageIds(args);
    return forward(deps, method, channel === undefined ? sent : { ...sent, channel: channel.id });
  };
}
