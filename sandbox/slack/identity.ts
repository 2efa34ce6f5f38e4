import { APP, type Backend } from "./backend.ts";
import { forward, type Method } from "./chat.ts";
import { isObject } from "./json.ts";
import type { Reply } from "./reply.ts";

/**
 * What Slack says about the app of a bot token. auth.test documents no app for it, while emulate adds one. bots.info
 * and the message that chat.postMessage returns name it, while emulate leaves it out (method pages, docs.slack.dev,
 * read 2026-11).
 */
export function identityMethods(
  deps: { readonly backend: Backend },
  post: Method | undefined,
): Readonly<Record<string, Method>> {
  return {
    "auth.test": async (args) => {
      const reply = await forward(deps, "auth.test", args);
      if (!isObject(reply.body)) return reply;
      const { app_id: _id, app_name: _name, ...body } = reply.body;
      return { ...reply, body };
    },
    "bots.info": async (args) => withApp(await forward(deps, "bots.info", args), "bot"),
    ...(post === undefined ? {} : { "chat.postMessage": async (args) => withApp(await post(args), "message") }),
  };
}

/** Adds the ID of the app to the object in the answer that names its sender. */
function withApp(reply: Reply, key: "bot" | "message"): Reply {
  if (!isObject(reply.body) || !isObject(reply.body[key])) return reply;
  return { ...reply, body: { ...reply.body, [key]: { ...reply.body[key], app_id: APP.appId } } };
}
