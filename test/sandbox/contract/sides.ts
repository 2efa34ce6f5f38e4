import { createEmulator } from "emulate";
import { onTestFinished } from "vitest";
import { asObjects, asString, type JsonObject } from "../../../sandbox/slack/json.ts";
import { openWorkspace } from "../slack/open-workspace.ts";
import { askApi, type Side } from "./side.ts";

const SCOPES = ["commands", "chat:write", "channels:history"];
const CHANNELS = ["wa-alerts", "old-alerts"];

const fieldOf = (answer: JsonObject, name: string): string => {
  const value = asString(answer[name]);
  if (value === undefined) throw new Error(`there is no ${name} in ${JSON.stringify(answer)}`);
  return value;
};

export async function sandboxSide(): Promise<Side> {
  const channels = [{ name: "wa-alerts" }, { name: "old-alerts", kind: "archived" as const }];
  const workspace = await openWorkspace({ scopes: SCOPES, channels });
  const narrow = await openWorkspace({ scopes: ["commands"], channels });
  const robin = workspace.person("robin");
  return {
    name: "sandbox",
    ask: (method, args = {}, token = workspace.botToken) => askApi(workspace.apiUrl, method, args, token),
    askWithoutScope: (method, args) => askApi(narrow.apiUrl, method, args, narrow.botToken),
    trigger: async () => fieldOf(workspace.raw.commandFields(robin, { command: "/wa-token" }), "trigger_id"),
    channel: (name) => workspace.channelId(name),
    person: robin.id,
  };
}

const BOT = "xoxb-contract";
const NARROW = "xoxb-narrow";
const ADMIN = "contract-admin";

export async function emulateSide(): Promise<Side> {
  const bot = { user_id: "U0CONTRACT", bot_id: "B0CONTRACT", bot_user_id: "U0CONTRACT", app_id: "A0CONTRACT" };
  const admin = ["read", "history", "write", "manage", "join"].map((verb) => `channels:${verb}`);
  const emulator = await createEmulator({
    service: "slack",
    port: 0,
    seed: {
      slack: {
        team: { name: "Contract", domain: "contract" },
        users: [{ name: "robin", real_name: "Robin Operator" }],
        channels: CHANNELS.map((name) => ({ name })),
        oauth_apps: [
          {
            client_id: "contract",
            client_secret: "contract",
            name: "wa-token",
            redirect_uris: [],
            scopes: SCOPES,
            bot_name: "wa-token",
            app_id: bot.app_id,
            bot_id: bot.bot_id,
            bot_user_id: bot.bot_user_id,
          },
        ],
        tokens: [
          { token: BOT, scopes: SCOPES, type: "bot", ...bot },
          { token: NARROW, scopes: ["commands"], type: "bot", ...bot },
          { token: ADMIN, scopes: [...admin, "users:read", "groups:read"], user_id: "U000000001" },
        ],
        strict_scopes: true,
      },
    },
  });
  onTestFinished(() => emulator.close());
  const base = `${emulator.url.replace("localhost", "127.0.0.1")}/api/`;
  const ask: Side["ask"] = (method, args = {}, token = BOT) => askApi(base, method, args, token);
  const idOf = (rows: unknown, name: string): string =>
    fieldOf(asObjects(rows).find((row) => row["name"] === name) ?? {}, "id");
  const { members } = await ask("users.list", {}, ADMIN);
  const { channels } = await ask("conversations.list", { limit: 1000 }, ADMIN);
  const ids = new Map(CHANNELS.map((name) => [name, idOf(channels, name)]));
  for (const channel of ids.values()) await ask("conversations.invite", { channel, users: bot.bot_user_id }, ADMIN);
  await ask("conversations.archive", { channel: ids.get("old-alerts") ?? "" }, ADMIN);
  const person = idOf(members, "robin");
  return {
    name: "emulate",
    ask,
    askWithoutScope: (method, args) => ask(method, args, NARROW),
    trigger: async (viewId) => {
      const answer = await ask("views.generateTriggerId", {
        user_id: person,
        ...(viewId === undefined ? {} : { view_id: viewId }),
      });
      return fieldOf(answer, "trigger_id");
    },
    channel: (name) => ids.get(name) ?? "",
    person,
  };
}
