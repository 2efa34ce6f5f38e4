import { createHmac } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { SlackWorkspace } from "../../../sandbox/slack/workspace.ts";

/** A shorter piece says too little; the cleaner lets it pass. */
const RUN = 12;

/** Every piece of a secret that may not be seen; of a token its last eight characters may, so those are left out. */
const piecesOf = (secret: string): readonly string[] => {
  const hidden = secret.slice(0, -8);
  return Array.from({ length: Math.max(0, hidden.length - RUN + 1) }, (_, at) => hidden.slice(at, at + RUN));
};

/** Any run of RUN characters of the secret has one of these in it, so a text without them needs no closer look. */
const blocksOf = (secret: string): readonly string[] =>
  secret.slice(0, -8).match(new RegExp(`[^]{${RUN / 2}}`, "g")) ?? [];

/** Where any piece of a secret is seen in these places, by their names. */
export const leaksIn = (
  secrets: Readonly<Record<string, string>>,
  places: Readonly<Record<string, string>>,
): readonly string[] =>
  Object.entries(places).flatMap(([place, text]) =>
    Object.entries(secrets)
      .filter(([, secret]) => blocksOf(secret).some((block) => text.includes(block)))
      .filter(([, secret]) => piecesOf(secret).some((piece) => text.includes(piece)))
      .map(([name]) => `${name} in ${place}`),
  );

/** What is derived from them and must stay as hidden: Graph would take it as a credential, or for one. */
export const withDerived = (token: string, appSecret: string): Readonly<Record<string, string>> => ({
  token,
  "token in base64": Buffer.from(token).toString("base64"),
  "token reversed by an escape": encodeURIComponent(token),
  proof: createHmac("sha256", appSecret).update(token).digest("hex"),
  "app secret": appSecret,
});

/** Every byte below a folder, but for what `except` names. */
export const bytesBelow = (folder: string, except: readonly string[]): string =>
  readdirSync(folder)
    .filter((name) => !except.includes(name))
    .map((name) => join(folder, name))
    .map((path) => (statSync(path).isDirectory() ? bytesBelow(path, except) : readFileSync(path, "latin1")))
    .join("\n");

/** Everything the bot said to Slack. What Slack brings to the bot is not ours: a typed token comes that way. */
export const saidToSlack = (slack: SlackWorkspace): string =>
  JSON.stringify([
    slack.calls().map(({ method, args }) => [method, args]),
    slack.deliveries().map(({ answer }) => answer),
    slack.rejections(),
  ]);
