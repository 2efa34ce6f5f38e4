import { randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Backend } from "./backend.ts";
import { withMessageIds } from "./block-ids.ts";
import { rememberMessage, seenMessage } from "./chat.ts";
import { asString } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { messageRefusal } from "./limits/message.ts";
import type { Messages, SeenMessage } from "./messages.ts";
import type { Refuse } from "./refusal.ts";
import type { Reply } from "./reply.ts";
import type { Timestamps } from "./timestamps.ts";

/** The origin of an answer: a typed command line, or the message whose button was pressed. */
export interface Origin {
  readonly userId: string;
  readonly channel: string;
  readonly commandLine: string | undefined;
  readonly message: SeenMessage | undefined;
}

export interface ResponseUrls {
  /** The path of a new response_url, valid for 5 uses within 30 minutes of the sandbox's clock. */
  readonly issue: (origin: Origin) => string;
  readonly respond: (path: string, body: JsonObject) => Promise<Reply>;
  /** An answer in the acknowledgement of a command: the same rules apply, but it counts as no use. */
  readonly respondInAck: (origin: Origin, body: JsonObject) => Promise<Reply>;
}

export interface ResponseUrlDeps {
  readonly clock: Clock;
  readonly timestamps: Timestamps;
  readonly backend: Backend;
  readonly botUserId: string;
  readonly messages: Messages;
  readonly refuse: Refuse;
}

/** response_url as in "Handling user interaction", docs.slack.dev, read 2026-11. */
export function createResponseUrls(deps: ResponseUrlDeps): ResponseUrls {
  const known = new Map<string, { readonly origin: Origin; readonly endsAtMs: number; used: number }>();

  const showInChannel = async (origin: Origin, body: JsonObject): Promise<Reply> => {
    const { messages } = deps;
    if (origin.commandLine !== undefined) {
      // An `in_channel` answer also shows the typed command line to everybody in the channel.
      const line = { ts: deps.timestamps.next(), user: origin.userId, text: origin.commandLine };
      messages.put(seenMessage(origin.channel, line, undefined));
    }
    const thread = asString(body["thread_ts"]) === undefined ? {} : { thread_ts: body["thread_ts"] };
    return post("chat.postMessage", { channel: origin.channel, ...content(body), ...thread });
  };

  const post = async (method: string, args: JsonObject): Promise<Reply> => {
    const reply = await deps.backend.call(method, args, "bot-inside");
    if (reply.body?.["ok"] !== true) return refused(asString(reply.body?.["error"]) ?? "internal_error");
    rememberMessage(deps.messages, { status: 200, body: reply.body });
    return OK;
  };

  const perform = async (
    origin: Origin,
    raw: JsonObject,
    source: "response_url" | "ack",
    press?: string,
  ): Promise<Reply> => {
    const refusal = messageRefusal(raw, "post");
    if (refusal !== undefined) {
      deps.refuse(source, source, refusal);
      return refused(refusal.error);
    }
    const body = withMessageIds(raw);
    const { message } = origin;
    if (body["delete_original"] === true) {
      if (message === undefined) return refused("message_not_found");
      if (message.onlyFor === undefined) {
        await deps.backend.call("chat.delete", { channel: message.channel, ts: message.ts }, "bot-inside");
      }
      deps.messages.remove(message.channel, message.ts);
      return OK;
    }
    if (body["text"] === undefined && body["blocks"] === undefined && body["attachments"] === undefined) {
      return refused("no_text");
    }
    if (body["replace_original"] === true && message !== undefined) {
      // A message never changes between private and public, regardless of response_type.
      if (message.onlyFor === undefined) {
        return post("chat.update", { channel: message.channel, ts: message.ts, ...content(body) });
      }
      const before = deps.messages.find(message.channel, message.ts);
      const next = { ...body, ts: message.ts, user: deps.botUserId, thread_ts: message.threadTs };
      deps.messages.put({ ...seenMessage(message.channel, next, before), onlyFor: message.onlyFor });
      return OK;
    }
    if (body["response_type"] === "in_channel") return showInChannel(origin, body);
    const shown = { ...body, ts: deps.timestamps.next(), user: deps.botUserId };
    const answers = press === undefined || message === undefined ? {} : { answers: press };
    deps.messages.put({ ...seenMessage(origin.channel, shown, undefined), onlyFor: origin.userId, ...answers });
    return OK;
  };

  return {
    issue: (origin) => {
      const path = `/commands/T/${known.size + 1}/${randomBytes(12).toString("hex")}`;
      known.set(path, { origin, endsAtMs: deps.clock.now().getTime() + LIFE_MS, used: 0 });
      return path;
    },
    respond: async (path, body) => {
      const entry = known.get(path);
      if (entry === undefined) return refused("invalid_url");
      const error =
        entry.used >= MAX_USES ? "used_url" : deps.clock.now().getTime() >= entry.endsAtMs ? "expired_url" : undefined;
      if (error !== undefined) {
        deps.refuse("response_url", "response_url", { error, problems: [] });
        return { status: 404, body: { ok: false, error } };
      }
      entry.used += 1;
      return perform(entry.origin, body, "response_url", path);
    },
    respondInAck: (origin, body) => perform(origin, body, "ack"),
  };
}

const MAX_USES = 5;
const LIFE_MS = 30 * 60 * 1000;

const OK: Reply = { status: 200, body: "ok" };

/** The fields of an answer that belong to the message itself. */
function content(body: JsonObject): JsonObject {
  const fields = ["text", "blocks", "attachments", "metadata", "unfurl_links", "unfurl_media", "mrkdwn"];
  return Object.fromEntries(fields.filter((key) => body[key] !== undefined).map((key) => [key, body[key]]));
}

/** Unlike the Web API, a response_url answers errors with an HTTP error. */
function refused(error: string): Reply {
  return { status: 400, body: { ok: false, error } };
}
