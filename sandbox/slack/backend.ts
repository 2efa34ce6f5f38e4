import { createEmulator } from "emulate";
import { request } from "undici";
import type { Dispatcher } from "undici";
import { isObject, parseJson } from "./json.ts";
import type { JsonObject } from "./json.ts";
import type { ChannelOptions, PersonOptions } from "./options.ts";
import type { Timestamps } from "./timestamps.ts";

/** Fixed ids of the app. emulate generates the ids of people and channels. */
export const APP = {
  appId: "A0SANDBOX1",
  botId: "B0SANDBOX1",
  botUserId: "U0SANDBOX1",
  botToken: "xoxb-sandbox",
  appToken: "xapp-sandbox",
  // No words: texts about a signing secret must not look like this one, which the bot hides.
  signingSecret: "5e1f".repeat(8),
  teamDomain: "sandbox",
} as const;

/** The `emulate` instance behind the front server. */
export interface Backend {
  /** The address as emulate writes it into permalinks. */
  readonly url: string;
  /** Calls a Web API method as the bot with its own scopes, as the bot with all scopes, or as an admin. */
  readonly call: (method: string, args: JsonObject, as: "bot" | "bot-inside" | "admin") => Promise<BackendReply>;
  readonly close: () => Promise<void>;
}

export async function openBackend(options: {
  readonly dispatcher: Dispatcher;
  readonly people: readonly PersonOptions[];
  readonly channels: readonly ChannelOptions[];
  readonly scopes: readonly string[];
  readonly timestamps: Timestamps;
}): Promise<Backend> {
  const bot = { user_id: APP.botUserId, bot_id: APP.botId, bot_user_id: APP.botUserId, app_id: APP.appId, type: "bot" };
  const emulator = await createEmulator({
    service: "slack",
    port: 0,
    seed: {
      slack: {
        team: { name: "Sandbox", domain: APP.teamDomain },
        users: options.people.map((person) => ({ name: person.name, real_name: person.realName ?? person.name })),
        channels: options.channels.map(({ name, kind }) => ({ name, is_private: kind === "private" })),
        oauth_apps: [
          {
            client_id: "sandbox",
            client_secret: "sandbox",
            app_id: APP.appId,
            name: "wa-token",
            redirect_uris: [],
            scopes: options.scopes,
            bot_id: APP.botId,
            bot_user_id: APP.botUserId,
            bot_name: "wa-token",
          },
        ],
        tokens: [
          { token: APP.botToken, scopes: options.scopes, ...bot },
          { token: BOT_INSIDE, scopes: EVERY_SCOPE, ...bot },
          { token: ADMIN_INSIDE, scopes: EVERY_SCOPE, user_id: "U000000001" },
        ],
        strict_scopes: true,
      },
    },
  });
  const tokens = { bot: APP.botToken, "bot-inside": BOT_INSIDE, admin: ADMIN_INSIDE };
  // The url of emulate names localhost, but emulate listens on 127.0.0.1 only.
  const url = emulator.url.replace("localhost", "127.0.0.1");
  return {
    url: emulator.url,
    call: async (method, args, as) => {
      const reply = await request(`${url}/api/${method}`, {
        method: "POST",
        headers: { authorization: `Bearer ${tokens[as]}`, "content-type": "application/json" },
        body: JSON.stringify(options.timestamps.inward(args)),
        dispatcher: options.dispatcher,
      });
      const body = parseJson(await reply.body.text());
      return { status: reply.statusCode, body: isObject(body) ? options.timestamps.outward(body) : undefined };
    },
    close: () => emulator.close(),
  };
}

/** Tokens of the sandbox itself, with every scope. The front server rejects both when a client sends them. */
const BOT_INSIDE = "sandbox-bot-inside";
const ADMIN_INSIDE = "sandbox-admin-inside";

const EVERY_SCOPE = [
  "chat:write",
  "team:read",
  "users:read",
  ...["channels", "groups", "im", "mpim"].flatMap((kind) =>
    ["read", "history", "write", "manage", "join"].map((verb) => `${kind}:${verb}`),
  ),
];

interface BackendReply {
  readonly status: number;
  readonly body: JsonObject | undefined;
}
