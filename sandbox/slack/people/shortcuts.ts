import type { JsonObject } from "../json.ts";
import type { Outcome, ShortcutUse } from "./driver.ts";
import { channelOf } from "./commands.ts";
import { interactionBase } from "./payloads.ts";
import { failureOf } from "./session.ts";
import type { Session } from "./session.ts";

/**
 * Uses a shortcut in the menu of a message. The payload holds the whole message, and a response_url (shortcuts payloads,
 * docs.slack.dev, read 2026-11).
 */
export async function runShortcut(session: Session, { callbackId, message, channel }: ShortcutUse): Promise<Outcome> {
  const { who, directory } = session;
  const id = channelOf(session, channel ?? "general");
  const path = session.responseUrls.issue({ userId: who.id, channel: id, commandLine: undefined, message: undefined });
  const payload: JsonObject = {
    ...interactionBase("message_action", who, directory),
    callback_id: callbackId,
    action_ts: `${seconds(session)}.000300`,
    message_ts: MESSAGE_TS,
    trigger_id: session.triggers.issue({ userId: who.id, viewId: undefined }),
    response_url: `${session.url}${path}`,
    channel: { id, name: directory.findChannel(id)?.name ?? "directmessage" },
    message: { type: "message", user: who.id, ts: MESSAGE_TS, ...message },
  };
  const answer = await session.deliver("interactive", payload);
  return failureOf(session, answer) ?? { kind: "acked", answer: answer.kind === "acked" ? answer.payload : undefined };
}

const MESSAGE_TS = "1700000000.000100";

function seconds({ clock }: Session): number {
  return Math.floor(clock.now().getTime() / 1000);
}
