// contract/ sends the same questions over HTTP to the sandbox's Slack and to plain emulate, as a bot does. side.ts is
// the common interface, questions.ts contains the questions, and the test compares the answers. emulate is an
// independent implementation of Slack's documentation. Where the sandbox differs on purpose, differences.ts gives the
// reason.
import type { JsonObject } from "../../../sandbox/slack/json.ts";

/**
 * One of the two sides, ready for questions. Both have a bot with the same scopes, the same people and the same
 * channels.
 */
export interface Side {
  readonly name: "sandbox" | "emulate";
  /** Uses the bot's token by default. */
  readonly ask: (method: string, args?: JsonObject, token?: string) => Promise<JsonObject>;
  /** A token of the same app with only the scope for commands. */
  readonly askWithoutScope: (method: string, args: JsonObject) => Promise<JsonObject>;
  /** A new trigger id, as a person's press gives it; with a view id, the press is in that view. */
  readonly trigger: (viewId?: string) => Promise<string>;
  /** The id of a channel that both have. */
  readonly channel: (name: string) => string;
  /** The id of a person. */
  readonly person: string;
}

/** Calls a Web API method with a JSON body and returns the body of the answer. */
export async function askApi(base: string, method: string, args: JsonObject, token: string): Promise<JsonObject> {
  const response = await fetch(`${base}${method}`, {
    method: "POST",
    headers: {
      "content-type": "application/json; charset=utf-8",
      ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(args),
  });
  return (await response.json()) as JsonObject;
}
