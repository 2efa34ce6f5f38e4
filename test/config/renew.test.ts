import { expect, it } from "vitest";
import type { RenewSettings } from "../../src/renewal/ports.ts";
import { configOf, type Files, problemsOf } from "./environment.ts";

const app = { META_APP_ID: "100000000000042", META_APP_SECRET: "not-so-secret" };
const single = { ...app, WHATSAPP_TOKEN_SOURCE: "file:/run/token", WHATSAPP_PHONE_NUMBER_ID: "100000000002001" };
const off: RenewSettings = { write: undefined, beforeMs: undefined, proofs: [] };
const day = 86_400_000;

const list = (yaml: string): readonly [Readonly<Record<string, string>>, Files] => [
  { ...app, WATCHLIST: "/w.yml" },
  {
    "/w.yml": `watches:\n  - name: orders\n    source: file:/run/orders\n    phoneNumberId: "100000000002001"\n${yaml}`,
  },
];

it.each<[what: string, env: Readonly<Record<string, string>>, settings: RenewSettings]>([
  ["nothing", {}, off],
  ["the source itself", { RENEW_WRITE: "source" }, { ...off, write: { kind: "file", path: "/run/token" } }],
  [
    "a line of a .env file",
    { WHATSAPP_TOKEN_SOURCE: "dotenv:/srv/.env#T", RENEW_WRITE: "source" },
    { ...off, write: { kind: "dotenv", path: "/srv/.env", name: "T" } },
  ],
  ["another file", { RENEW_WRITE: "file:/new" }, { ...off, write: { kind: "file", path: "/new" } }],
  [
    "a command, a time and a proof",
    { RENEW_WRITE: 'exec:["put","-"]', RENEW_BEFORE: "20d", RENEW_PROOF: "https://orders.internal/token" },
    {
      write: { kind: "exec", argv: ["put", "-"] },
      beforeMs: 20 * day,
      proofs: [{ kind: "url", url: "https://orders.internal/token" }],
    },
  ],
  [
    "two addresses, one of this machine",
    { RENEW_PROOF: "https://a.internal/x, http://127.0.0.1:8080/x" },
    {
      ...off,
      proofs: [
        { kind: "url", url: "https://a.internal/x" },
        { kind: "url", url: "http://127.0.0.1:8080/x" },
      ],
    },
  ],
  [
    "a command with commas",
    { RENEW_PROOF: 'exec:["kubectl","exec","orders"]' },
    { ...off, proofs: [{ kind: "exec", argv: ["kubectl", "exec", "orders"] }] },
  ],
])("the variables set %s", async (_what, env, settings) => {
  const [watch] = (await configOf({ ...single, ...env })).watches;
  expect(watch?.renew).toEqual(settings);
});

it("a watch of the watchlist has its own settings", async () => {
  const input = list('    renew: {write: source, before: 20d, proof: ["https://a.internal/x", \'exec:["b"]\']}\n');
  const [watch] = (await configOf(...input)).watches;
  expect(watch?.renew).toEqual({
    write: { kind: "file", path: "/run/orders" },
    beforeMs: 20 * day,
    proofs: [
      { kind: "url", url: "https://a.internal/x" },
      { kind: "exec", argv: ["b"] },
    ],
  });
  const [plain] = (await configOf(...list("    renew: {proof: https://a.internal/x}\n"))).watches;
  expect(plain?.renew.proofs).toHaveLength(1);
  expect((await configOf(...list(""))).watches[0]?.renew).toEqual(off);
});

it.each<[env: Readonly<Record<string, string>>, name: string, problem: RegExp]>([
  [{ RENEW_WRITE: "env:T" }, "RENEW_WRITE", /cannot set a variable/],
  [{ RENEW_WRITE: "vault" }, "RENEW_WRITE", /must be source, file:/],
  [{ RENEW_WRITE: "source", WHATSAPP_TOKEN_SOURCE: "env:T" }, "RENEW_WRITE", /from a variable, which it cannot write/],
  [{ RENEW_WRITE: "source", WHATSAPP_TOKEN_SOURCE: 'exec:["a"]' }, "RENEW_WRITE", /from a command, which it cannot/],
  [{ RENEW_WRITE: "file:/x", META_APP_ID: "", META_APP_SECRET: "" }, "RENEW_WRITE", /needs META_APP_ID and/],
  [{ RENEW_WRITE: "file:/x", WHATSAPP_PHONE_NUMBER_ID: "" }, "RENEW_WRITE", /needs WHATSAPP_PHONE_NUMBER_ID or/],
  [{ RENEW_BEFORE: "20d" }, "RENEW_BEFORE", /needs RENEW_WRITE/],
  [{ RENEW_BEFORE: "soon", RENEW_WRITE: "source" }, "RENEW_BEFORE", /must be a time such as/],
  [
    { RENEW_BEFORE: "60d", RENEW_WRITE: "source" },
    "RENEW_BEFORE",
    /^RENEW_BEFORE must be shorter than 60d, because a refreshed token lives 60 days; it is 60d\. Use 20d\.$/,
  ],
  [{ RENEW_BEFORE: "3650d", RENEW_WRITE: "source" }, "RENEW_BEFORE", /it is 3650d/],
  [{ RENEW_BEFORE: "1440h", RENEW_WRITE: "source" }, "RENEW_BEFORE", /it is 1440h/],
  [{ RENEW_PROOF: "http://orders.internal/x" }, "RENEW_PROOF", /must begin with https/],
  [{ RENEW_PROOF: "https://u:p@orders.internal/x" }, "RENEW_PROOF", /without a user name/],
  [{ RENEW_PROOF: "exec:curl" }, "RENEW_PROOF", /JSON list/],
  [{ RENEW_PROOF: "," }, "RENEW_PROOF", /at least one/],
  [{ ADMIN_USERS: "@robin" }, "ADMIN_USERS", /Slack user IDs/],
])("%j is a problem", async (env, name, problem) => {
  const problems = await problemsOf({ ...single, ...env });
  expect(problems.map((one) => one.name)).toEqual([name]);
  expect(problems[0]?.message).toMatch(problem);
});

it.each([
  ["    renew: {wriet: source}\n", /renew has an unknown key "wriet"\. The known keys are write, before, proof/],
  ["    renew: source\n", /renew must be a mapping with write, before and proof/],
  ["    renew: {write: }\n", /renew\.write is empty/],
  ["    renew: {before: 20d}\n", /renew\.before needs renew\.write/],
  ["    renew: {write: source, before: 60d}\n", /renew\.before must be shorter than 60d.*it is 60d\. Use 20d/],
  ["    renew: {proof: [7]}\n", /renew\.proof must be a list of texts/],
  ["    renew: {proof: http://a.internal}\n", /renew\.proof must begin with https/],
])("the watchlist refuses %j", async (yaml, problem) => {
  const problems = await problemsOf(...list(yaml));
  expect(problems.map(({ message }) => message).join("\n")).toMatch(problem);
});

it("reports every problem at once, and variables that have no effect", async () => {
  const problems = await problemsOf({
    ...single,
    RENEW_WRITE: "source",
    WHATSAPP_TOKEN_SOURCE: "env:T",
    META_APP_ID: "",
    META_APP_SECRET: "",
  });
  expect(problems.map(({ name }) => name)).toEqual(["RENEW_WRITE", "RENEW_WRITE"]);
  const [env, files] = list("");
  expect((await problemsOf({ ...env, RENEW_WRITE: "source" }, files))[0]?.message).toMatch(/has no effect/);
});

it("admins are viewers too", async () => {
  const { slack } = await configOf({ ALLOWED_USERS: "U0ANNA", ADMIN_USERS: "U0BEN,U0ANNA" });
  expect([slack.allowedUsers, slack.adminUsers]).toEqual([
    ["U0ANNA", "U0BEN"],
    ["U0BEN", "U0ANNA"],
  ]);
  expect((await configOf({ ADMIN_USERS: "U0BEN" })).slack.allowedUsers).toBeUndefined();
});
