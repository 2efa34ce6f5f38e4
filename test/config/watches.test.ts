import { describe, expect, it } from "vitest";
import type { Watch } from "../../src/watch/watch.ts";
import { reveal } from "../../src/token/secret/secret.ts";
import { fakeToken } from "../support/fake-token.ts";
import { configOf, problemsOf } from "./environment.ts";

const ids = { WHATSAPP_PHONE_NUMBER_ID: "100000000002001", WHATSAPP_BUSINESS_ACCOUNT_ID: "100000000001001" };

const watchlist = (yaml: string, env: Readonly<Record<string, string>> = {}) =>
  [{ ...env, WATCHLIST: "/w.yml" }, { "/w.yml": yaml }] as const;

describe("the watch `default`", () => {
  it.each([
    ["WHATSAPP_ACCESS_TOKEN", fakeToken("deployed"), { kind: "env", name: "WHATSAPP_ACCESS_TOKEN" }],
    ["WHATSAPP_ACCESS_TOKEN_FILE", "/run/token", { kind: "env", name: "WHATSAPP_ACCESS_TOKEN" }],
    ["WHATSAPP_TOKEN_SOURCE", "file:/run/token", { kind: "file", path: "/run/token" }],
  ])("is created by %s", async (name, value, source) => {
    const { watches } = await configOf({ [name]: value, ...ids, ALERT_CHANNEL: "C0123456789" });
    expect(watches).toEqual([
      expect.objectContaining({
        name: "default",
        source,
        channel: "C0123456789",
        phoneNumberId: ids.WHATSAPP_PHONE_NUMBER_ID,
        whatsappBusinessAccountId: ids.WHATSAPP_BUSINESS_ACCOUNT_ID,
      }),
    ]);
  });

  it("is not created when there is a watchlist", async () => {
    const input = watchlist("watches: []", { WHATSAPP_ACCESS_TOKEN: fakeToken("deployed") });
    expect((await configOf(...input)).watches).toEqual([]);
  });

  it("belongs to the configured app", async () => {
    const env = { WHATSAPP_TOKEN_SOURCE: "env:T", META_APP_ID: "100000000000042", META_APP_SECRET: "not-so-secret" };
    const [watch] = (await configOf(env)).watches;
    expect(watch?.policy.appId).toBe("100000000000042");
    expect(watch?.app?.secret.kind === "given" && reveal(watch.app.secret.secret)).toBe("not-so-secret");
  });
});

describe("the watchlist", () => {
  it("returns watches that fit the watch module", async () => {
    const [watch] = (await configOf(...watchlist("watches: [{name: a, source: 'env:A'}]")))
      .watches satisfies readonly Watch[];
    expect(watch?.name).toBe("a");
  });

  it("falls back to the variables, but never for IDs", async () => {
    const env = {
      ...ids,
      ALERT_CHANNEL: "C0123456789",
      ONCALL: "S0123456789",
      CHECK_INTERVAL: "1h",
      WARN_AT: "2d",
      REQUIRED_SCOPES: "one_scope",
    };
    const [watch] = (await configOf(...watchlist("watches: [{name: a, source: 'env:A'}]", env))).watches;
    expect(watch).toMatchObject({
      channel: "C0123456789",
      oncall: "S0123456789",
      checkIntervalMs: 3_600_000,
      policy: { requiredScopes: ["one_scope"], warnAt: [{ text: "2d" }] },
      consumers: [],
    });
    expect([watch?.phoneNumberId, watch?.whatsappBusinessAccountId]).toEqual([undefined, undefined]);
  });

  it("has its own person or group on call for each watch", async () => {
    const yaml = "watches: [{name: a, source: 'env:A', oncall: U0000000001}, {name: b, source: 'env:B'}]";
    const { watches } = await configOf(...watchlist(yaml, { ONCALL: "S0123456789" }));
    expect(watches.map(({ oncall }) => oncall)).toEqual(["U0000000001", "S0123456789"]);
  });

  it("keeps every digit of an id that is written as a number", async () => {
    const yaml =
      "watches: [{name: a, source: 'env:A', phoneNumberId: 122100000000000001, appId: '42424', appSecret: 'env:S'}]";
    const [watch] = (await configOf(...watchlist(yaml))).watches;
    expect(watch?.phoneNumberId).toBe("122100000000000001");
    expect(watch?.app).toEqual({ id: "42424", secret: { kind: "source", source: { kind: "env", name: "S" } } });
    expect(watch?.policy.appId).toBe("42424");
  });

  it.each([
    [
      "[{name: a, source: 'env:A', phoneId: 1}]",
      /watch 1 \(a\): has an unknown key "phoneId"\. The known keys are name, source/,
    ],
    ["[{name: a}]", /watch 1 \(a\): source is missing/],
    ["[{source: 'env:A'}]", /watch 1: name is missing/],
    ["[{name: a b, source: 'env:A'}]", /watch 1: name must have 1 to 64 characters/],
    ["[{name: a, source: 'vault:x'}]", /source is not a source: a source starts with/],
    ["[{name: 7, source: 'env:A'}]", /watch 1: name must be text\. Put it in quotes\.$/],
    ["[{name: , source: 'env:A'}]", /watch 1: name is empty\. Give it a value\.$/],
    ["[{name: a, source: ' '}]", /source is empty\. Give it a value\.$/],
    ["[{name: a, source: 7}]", /source is not a source: a source starts with/],
    ["[{name: a, source: ['env:A']}]", /source must be one text, not a list or a mapping\.$/],
    ["[{name: a, source: {env: A}}]", /source must be one text, not a list or a mapping\.$/],
    ["[{name: a, source: 'env:A', channel: alerts}]", /channel must be a channel ID/],
    ["[{name: a, source: 'env:A', channel: }]", /channel is empty\. Give it a value or remove the key\.$/],
    ["[{name: a, source: 'env:A', channel: ''}]", /channel is empty\. Give it a value or remove the key\.$/],
    ["[{name: a, source: 'env:A', owner: Jo}]", /owner must be a Slack user ID/],
    ["[{name: a, source: 'env:A', oncall: C0123456789}]", /oncall must be a Slack user ID .* or a user group ID/],
    ["[{name: a, source: 'env:A', consumers: checkout}]", /consumers must be a list/],
    ["[{name: a, source: 'env:A', consumers: [1]}]", /consumers must be a list of texts/],
    ["[{name: a, source: 'env:A', consumers: }]", /consumers is empty\. Give it a value or remove the key\.$/],
    [
      "[{name: a, source: 'env:A', consumers: [a, '']}]",
      /consumers has an empty item\. Give it a value or remove it\.$/,
    ],
    ["[{name: a, source: 'env:A', consumers: [a, null]}]", /consumers has an empty item/],
    [
      "[{name: a, source: 'env:A', warnAt: [soon]}]",
      /warnAt must be a list of times such as .*, separated by commas; one item is "soon"\.$/,
    ],
    ["[{name: a, source: 'env:A', warnAt: ['30d,7d']}]", /, one in each item; one item is "30d,7d"\.$/],
    ["[{name: a, source: 'env:A', warnAt: []}]", /warnAt must name at least one time/],
    ["[{name: a, source: 'env:A', requiredScopes: ['No Scope']}]", /requiredScopes must be a list of permissions/],
    ["[{name: a, source: 'env:A', checkInterval: 15}]", /checkInterval must be a time such as .*; it is "15"\.$/],
    [
      "[{name: a, source: 'env:A', phoneNumberId: 1.5}]",
      /phoneNumberId must be the ID.*without a decimal point or an exponent\.$/,
    ],
    ["[{name: a, source: 'env:A', phoneNumberId: 42}]", /phoneNumberId must be the ID .*, 5 to 30 digits; it has 2\.$/],
    ["[{name: a, source: 'env:A', appId: 10042}]", /has appId but no appSecret/],
    ["[{name: a, source: 'env:A', appSecret: 'env:S'}]", /has appSecret but no appId/],
    ["[{name: a, source: 'env:A'}, {name: a, source: 'env:B'}]", /the name a is used more than once/],
    ["[&a {name: a, source: 'env:A', consumers: [*a]}]", /consumers must be a list of texts/],
    ["[{__proto__: {name: a}, name: a, source: 'env:A'}]", /unknown key "__proto__"/],
    ["[orders]", /watch 1 must have a name and a source/],
    ["", /watches must be a list\. Write watches: \[\] for none/],
    ["[]\nslack: x", /unknown key "slack"\. The file has one key, watches/],
    ["[", /line 2, column 1 is not valid YAML/],
    [
      "[{name: a, source: 'env:A'}]\n---\nwatches: [{name: b, source: 'env:B'}]",
      /line 2 begins a second YAML document/,
    ],
    ["[{name: a, source: 'env:A'}]\n---", /line 2 begins a second YAML document/],
    ["[{<<: x, name: a, source: 'env:A'}]", /merge keys .* cannot be resolved/],
    ["[{<<: {phoneId: 1}, name: a, source: 'env:A'}]", /unknown key "phoneId"/],
  ])("refuses watches: %s", async (yaml, message) => {
    const problems = await problemsOf(...watchlist(`watches: ${yaml}\n`));
    expect(problems).toEqual([{ name: "WATCHLIST", message: expect.stringMatching(message) }]);
  });

  it("accepts merge keys, from a watch or from an x- key; a watch's own keys win", async () => {
    const yaml = `x-shop: &shop {channel: C0123456789, owner: U0123456789, consumers: [checkout]}
watches:
  - &orders {<<: *shop, name: orders, source: 'env:A', phoneNumberId: 122100000000000001}
  - {<<: *shop, name: support, source: 'env:B', owner: U0000000002}
  - {<<: [*shop, *orders], name: returns}
`;
    const { watches } = await configOf(...watchlist(yaml));
    expect(watches).toMatchObject([
      { name: "orders", channel: "C0123456789", owner: "U0123456789", phoneNumberId: "122100000000000001" },
      { name: "support", channel: "C0123456789", owner: "U0000000002", phoneNumberId: undefined },
      { name: "returns", source: { name: "A" }, consumers: ["checkout"], phoneNumberId: "122100000000000001" },
    ]);
  });

  it.each([
    ["a document mark at its start", "---\nwatches: []\n"],
    ["an end mark", "watches: []\n...\n"],
    ["a version and a comment", "%YAML 1.2\n---\n# mine\nwatches: []\n"],
  ])("reads a file with %s as one document", async (_what, yaml) => {
    expect(await problemsOf(...watchlist(yaml))).toEqual([]);
  });

  it("never repeats a token that a merge key brings", async () => {
    const token = fakeToken("merged");
    const yaml = `x-all: &all {source: ${token}}\nwatches: [{<<: *all, name: a}]`;
    const text = JSON.stringify(await problemsOf(...watchlist(yaml)));
    expect(text).toContain("looks like a token");
    expect(text).toContain("Replace it with a source, for example file:/path or env:NAME.");
    expect(text).not.toContain(token.slice(0, 12));
  });

  it.each(["", "just text", "- a", "3"])("refuses a file with the content %j", async (yaml) => {
    expect((await problemsOf(...watchlist(yaml)))[0]?.message).toMatch(/must have a key watches:/);
  });

  it("reports the problems of every watch at once", async () => {
    const yaml = "watches:\n  - {name: a}\n  - {name: b, source: x, owner: y}\n";
    expect((await problemsOf(...watchlist(yaml))).map(({ message }) => message.slice(11, 30))).toEqual([
      expect.stringContaining("watch 1 (a)"),
      expect.stringContaining("watch 2 (b): source"),
      expect.stringContaining("watch 2 (b): owner"),
    ]);
  });

  it.each([
    "source: TOKEN",
    "source: 'env:A', TOKEN: x",
    "name: TOKEN",
    "consumers: [[{deep: TOKEN}]]",
    "source: [TOKEN",
  ])("never repeats a token at {%s}", async (place) => {
    const token = fakeToken("watchlist");
    const text = JSON.stringify(await problemsOf(...watchlist(`watches: [{${place.replace("TOKEN", token)}}]`)));
    expect(text).toContain("WATCHLIST");
    expect(text).not.toContain(token.slice(0, 12));
  });

  it("refuses aliases that multiply without end", async () => {
    const levels = ["a", "b", "c", "d", "e"].map((name, index, names) => {
      const below = index === 0 ? "x" : `*${names[index - 1] ?? ""}`;
      return `${name}: &${name} [${Array.from({ length: 10 }, () => below).join(", ")}]`;
    });
    expect((await problemsOf(...watchlist([...levels, "watches: *e"].join("\n"))))[0]?.message).toMatch(
      /aliases .* cannot be resolved/,
    );
  });

  it("refuses a file that is far too long", async () => {
    expect((await problemsOf(...watchlist(`# ${"x".repeat(1_000_001)}`)))[0]?.message).toMatch(/is longer than/);
  });
});

describe("our own secrets", () => {
  it("include the variables that the watches read", async () => {
    const { ownSecretNames } = await configOf(
      ...watchlist("watches: [{name: a, source: 'env:TOKEN_A', appId: '42424', appSecret: 'env:SECRET_A'}]"),
    );
    expect(ownSecretNames).toEqual(expect.arrayContaining(["SLACK_BOT_TOKEN", "TOKEN_A", "SECRET_A"]));
  });
});
