// contract/ asks the sandbox's Slack and plain emulate the same questions over HTTP, as a bot does: side.ts is what both
// are asked through, questions.ts what is asked, and the test holds their answers against each other. Emulate is another
// people's reading of Slack's documents; where the sandbox differs, it is on purpose, and differences.ts says why.
import type { JsonObject } from "../../../sandbox/slack/json.ts";

/** One of the two, ready to be asked. Both have a bot with the same scopes, the same people and the same channels. */
export interface Side {
  readonly name: "sandbox" | "emulate";
  /** The bot's token unless told otherwise. */
  readonly ask: (method: string, args?: JsonObject, token?: string) => Promise<JsonObject>;
  /** A token of the same app that may only take commands. */
  readonly askWithoutScope: (method: string, args: JsonObject) => Promise<JsonObject>;
  /** A fresh trigger id, as a person's press gives it; in this view, when there is one. */
  readonly trigger: (viewId?: string) => Promise<string>;
  /** The id of a channel that both have. */
  readonly channel: (name: string) => string;
  /** The id of a person. */
  readonly person: string;
}

/** Asks a Web API method with a JSON body and gives the body of the answer. */
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
