import type { JsonObject } from "../json.ts";
import type { Origin } from "../response-url.ts";
import type { CommandLine, Outcome } from "./driver.ts";
import { commandPayload } from "./payloads.ts";
import { failureOf, notify } from "./session.ts";
import type { Session } from "./session.ts";

/** Types a command line into the message field and sends it. */
export async function runCommand(session: Session, line: CommandLine): Promise<Outcome> {
  if (session.who.outsider) {
    return { kind: "not_sent", reason: "only people of the workspace with the app can use its command", errors: {} };
  }
  const { fields, origin } = prepareCommand(session, line);
  const answer = await session.deliver("slash_commands", fields);
  const failure = failureOf(session, answer);
  if (failure !== undefined || answer.kind !== "acked") return failure ?? { kind: "silent" };
  const { payload } = answer;
  if (payload === undefined) return { kind: "acked", answer: undefined };
  const shown = await session.responseUrls.respondInAck(origin, payload);
  if (shown.status === 200) return { kind: "acked", answer: payload };
  notify(session, "invalid_ack");
  const rejection = session.record.rejections().at(-1);
  return { kind: "rejected", error: rejection?.error ?? "invalid_ack", messages: rejection?.messages ?? [] };
}

/** The payload fields of a command, with a new trigger_id and response_url. */
export function prepareCommand(session: Session, line: CommandLine): { fields: JsonObject; origin: Origin } {
  const channel = channelOf(session, line.channel ?? "general");
  const text = line.text ?? "";
  const origin: Origin = {
    userId: session.who.id,
    channel,
    commandLine: `${line.command} ${text}`.trim(),
    message: undefined,
  };
  const issued = {
    triggerId: session.triggers.issue({ userId: session.who.id, viewId: undefined }),
    responseUrl: `${session.url}${session.responseUrls.issue(origin)}`,
  };
  return {
    origin,
    fields: commandPayload(session.who, session.directory, { command: line.command, text, channel }, issued),
  };
}

/** The ID of a channel by name or ID, or of the person's conversation with the bot (`dm`). */
export function channelOf(session: Session, named: string): string {
  if (named === "dm") return session.who.dmChannel;
  const channel = session.directory.findChannel(named);
  if (channel === undefined) throw new Error(`There is no channel ${named} in the sandbox.`);
  return channel.id;
}
