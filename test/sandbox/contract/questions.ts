import { asString, isObject, type JsonObject } from "../../../sandbox/slack/json.ts";
import type { Side } from "./side.ts";

/** Sends the requests of one question; the last answer counts. */
type Question = (side: Side) => Promise<JsonObject>;

const plain = (text: string) => ({ type: "plain_text", text });
const ALERTS = "wa-alerts";

const modal = (more: JsonObject = {}): JsonObject => ({
  type: "modal",
  title: plain("Check"),
  submit: plain("Go"),
  blocks: [
    {
      type: "input",
      block_id: "token",
      label: plain("Token"),
      element: { type: "plain_text_input", action_id: "value" },
    },
  ],
  ...more,
});

const home = { type: "home", blocks: [{ type: "divider" }] };

const post = (side: Side, more: JsonObject = {}): Promise<JsonObject> =>
  side.ask("chat.postMessage", { channel: side.channel(ALERTS), text: "hello", ...more });

const tsOf = ({ ts }: JsonObject): string => asString(ts) ?? "";

const open = async (side: Side, view = modal()): Promise<JsonObject> =>
  side.ask("views.open", { trigger_id: await side.trigger(), view });

const viewOf = ({ view }: JsonObject): { readonly id: string; readonly hash: string } =>
  isObject(view) ? { id: asString(view["id"]) ?? "", hash: asString(view["hash"]) ?? "" } : { id: "", hash: "" };

const push = async (side: Side, under: JsonObject): Promise<JsonObject> =>
  side.ask("views.push", { trigger_id: await side.trigger(viewOf(under).id), view: modal() });

const UNKNOWN_TS = "1000000000.999999";
const TOO_LONG = [{ type: "header", text: plain("x".repeat(151)) }];

/** The questions by name. Both sides get each of them. */
export const QUESTIONS: Readonly<Record<string, Question>> = {
  "auth.test": ({ ask }) => ask("auth.test"),
  "auth.test without a token": ({ ask }) => ask("auth.test", {}, ""),
  "auth.test with a token of nobody": ({ ask }) => ask("auth.test", {}, "xoxb-nobody"),
  "a method that is none": ({ ask }) => ask("chat.noSuchMethod"),

  "chat.postMessage": (side) => post(side),
  "chat.postMessage with blocks": (side) => post(side, { blocks: [{ type: "section", text: plain("hello") }] }),
  "chat.postMessage with a block beyond the limits": (side) => post(side, { blocks: TOO_LONG }),
  "chat.postMessage of nothing": (side) => side.ask("chat.postMessage", { channel: side.channel(ALERTS) }),
  "chat.postMessage to a channel that is none": (side) => post(side, { channel: "C0NOSUCHCHANNEL" }),
  "chat.postMessage to an archived channel": (side) => post(side, { channel: side.channel("old-alerts") }),
  "chat.postMessage without the scope": (side) =>
    side.askWithoutScope("chat.postMessage", { channel: "wa-alerts", text: "hello" }),
  "chat.postMessage in a thread": async (side) => post(side, { thread_ts: tsOf(await post(side)) }),
  "chat.postMessage in a thread, and in the channel": async (side) =>
    post(side, { thread_ts: tsOf(await post(side)), reply_broadcast: true }),
  "conversations.replies": async (side) => {
    const ts = tsOf(await post(side));
    await post(side, { thread_ts: ts });
    return side.ask("conversations.replies", { channel: side.channel(ALERTS), ts });
  },

  "chat.update": async (side) =>
    side.ask("chat.update", { channel: side.channel(ALERTS), ts: tsOf(await post(side)), text: "changed" }),
  "chat.update of a message that is none": (side) =>
    side.ask("chat.update", { channel: side.channel(ALERTS), ts: UNKNOWN_TS, text: "changed" }),
  "chat.update in the wrong channel": async (side) =>
    side.ask("chat.update", { channel: "C0NOSUCHCHANNEL", ts: tsOf(await post(side)), text: "changed" }),
  "chat.delete": async (side) => side.ask("chat.delete", { channel: side.channel(ALERTS), ts: tsOf(await post(side)) }),
  "chat.delete twice": async (side) => {
    const message = { channel: side.channel(ALERTS), ts: tsOf(await post(side)) };
    await side.ask("chat.delete", message);
    return side.ask("chat.delete", message);
  },
  "chat.postEphemeral": (side) =>
    side.ask("chat.postEphemeral", { channel: side.channel(ALERTS), user: side.person, text: "psst" }),

  "views.open": (side) => open(side),
  "views.open with a spent trigger": async (side) => {
    const trigger_id = await side.trigger();
    await side.ask("views.open", { trigger_id, view: modal() });
    return side.ask("views.open", { trigger_id, view: modal() });
  },
  "views.open with a trigger of nobody": (side) => side.ask("views.open", { trigger_id: "1.2.3", view: modal() }),
  "views.open without a title": (side) => open(side, modal({ title: null })),
  "views.open with a title beyond the limits": (side) => open(side, modal({ title: plain("x".repeat(25)) })),
  "views.open of a home": (side) => open(side, home),
  "views.push": async (side) => push(side, await open(side)),
  "views.push onto three": async (side) => push(side, await push(side, await push(side, await open(side)))),
  "views.update": async (side) => {
    const { id, hash } = viewOf(await open(side));
    return side.ask("views.update", { view_id: id, hash, view: modal() });
  },
  "views.update with an old hash": async (side) => {
    const { id, hash } = viewOf(await open(side));
    await side.ask("views.update", { view_id: id, view: modal({ title: plain("Changed") }) });
    return side.ask("views.update", { view_id: id, hash, view: modal() });
  },
  "views.update of a view that is none": (side) => side.ask("views.update", { view_id: "V0NOSUCHVIEW", view: modal() }),
  "views.open with an external id that is taken": async (side) => {
    await open(side, modal({ external_id: "mine" }));
    return open(side, modal({ external_id: "mine" }));
  },
  "views.publish": (side) => side.ask("views.publish", { user_id: side.person, view: home }),
  "views.publish for nobody": (side) => side.ask("views.publish", { user_id: "U0NOBODY", view: home }),
  "views.publish of a modal": (side) => side.ask("views.publish", { user_id: side.person, view: modal() }),
};
