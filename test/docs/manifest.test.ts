import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { LEAK_SHORTCUT } from "../../src/slack/leak/ids.ts";
import { COMMAND } from "../../src/slack/requests/parse-command.ts";
import { registerListeners } from "../../src/slack/requests/register.ts";
import { OPTIONAL_SCOPES, REQUIRED_SCOPES } from "../../src/slack/transport/scopes.ts";
import { manifestLink } from "../../tools/manifest-link.ts";
import { manifestProblems } from "../../tools/validate-manifest.ts";
import { createHarness } from "../slack/support/harness.ts";
import { codeIn, fencesOf, readDocument, tableOf } from "./markdown.ts";

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

/** Merges as an operator does by hand: the shown lines replace existing lines, and lists merge by position. */
const merge = (before: unknown, shown: unknown): unknown => {
  if (Array.isArray(before) && Array.isArray(shown)) {
    const items: readonly unknown[] = before;
    return items.map((item, index) => (index in shown ? merge(item, shown[index]) : item));
  }
  if (!isTree(before) || !isTree(shown)) return shown;
  return {
    ...before,
    ...Object.fromEntries(Object.entries(shown).map(([key, value]) => [key, merge(before[key], value)])),
  };
};

const yaml = readDocument("manifest.yml");
const configuration = readDocument("docs/configuration.md");
const deploy = readDocument("docs/deploy.md");
const manifest: unknown = parse(yaml);

const httpLines = parse(fencesOf(deploy.slice(deploy.indexOf("<!-- http-manifest -->")), "yaml")[0] ?? "") as unknown;
const http = merge(manifest, httpLines);

describe("manifest.yml", () => {
  it("is valid for Slack", () => {
    expect(manifestProblems(yaml)).toEqual([]);
  });

  it("requests the scopes that the code uses, and no other", () => {
    expect(manifest).toMatchObject({
      oauth_config: { scopes: { bot: [...REQUIRED_SCOPES], bot_optional: [...OPTIONAL_SCOPES] } },
    });
  });

  it("has the one command that the code handles, unescaped", () => {
    expect(manifest).toMatchObject({ features: { slash_commands: [{ command: COMMAND, should_escape: false }] } });
    for (const verb of ["guide", "check", "status", "help"]) expect(yaml).toContain(verb);
  });

  it("has the one message shortcut that the code handles", () => {
    const shortcut = { type: "message", callback_id: LEAK_SHORTCUT, name: "Check for a leaked token" };
    expect(manifest).toMatchObject({ features: { shortcuts: [shortcut] } });
  });

  it("requests the events that the code handles, and no other", () => {
    const heard: string[] = [];
    const nothing = () => undefined;
    const listen = { command: nothing, action: nothing, shortcut: nothing, view: nothing };
    registerListeners({ ...listen, event: (name: unknown) => void heard.push(String(name)) }, createHarness().deps);
    expect(heard).not.toEqual([]);
    expect(manifest).toMatchObject({ settings: { event_subscriptions: { bot_events: heard } } });
  });

  it("enables Socket Mode, the Home and direct messages", () => {
    expect(manifest).toMatchObject({
      features: {
        app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      },
      settings: { socket_mode_enabled: true, interactivity: { is_enabled: true } },
    });
  });
});

describe("the lines for HTTP mode in docs/deploy.md", () => {
  it("create a manifest that is valid for Slack", () => {
    expect(manifestProblems(JSON.stringify(http))).toEqual([]);
  });

  it("are necessary: Slack refuses a manifest with neither Socket Mode nor addresses", () => {
    expect(manifestProblems(JSON.stringify(merge(manifest, { settings: { socket_mode_enabled: false } })))).not.toEqual(
      [],
    );
  });

  it("send commands, clicks and events to the bot's path", () => {
    const address = expect.stringMatching(/^https:\/\/[^/]+\/slack\/events$/);
    expect(http).toMatchObject({
      features: { slash_commands: [{ command: COMMAND, url: address }] },
      settings: {
        event_subscriptions: { request_url: address },
        interactivity: { is_enabled: true, request_url: address },
        socket_mode_enabled: false,
      },
    });
  });
});

describe("the documents", () => {
  it("link to Slack's page with this manifest filled in", () => {
    const link =
      /\]\((https:\/\/api\.slack\.com\/apps\?new_app=1&manifest_yaml=[^)\s]+)\)/.exec(configuration)?.[1] ?? "";
    expect(link).toBe(manifestLink(yaml));
    expect(parse(new URL(link).searchParams.get("manifest_yaml") ?? "")).toEqual(manifest);
  });

  it.each(["README.md", "docs/security.md"])("%s list the same scopes as the code", (path) => {
    const scopes = tableOf(readDocument(path), "scope", "needed", "why").map(([cell = "", needed]) => ({
      scope: codeIn(cell)[0],
      needed,
    }));
    expect(scopes).toEqual([
      ...REQUIRED_SCOPES.map((scope) => ({ scope, needed: "yes" })),
      ...OPTIONAL_SCOPES.map((scope) => ({ scope, needed: "no" })),
    ]);
  });
});
