import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { CannedAnswer } from "../../../sandbox/graph/faults/canned.ts";
import type { SlackModeName } from "../../../sandbox/world.ts";
import { loadConfig } from "../../../src/config/load.ts";
import { createGraphClient } from "../../../src/graph/client.ts";
import { createExchange } from "../../../src/graph/oauth/refresh-token.ts";
import { createRevoke } from "../../../src/graph/oauth/revoke-token.ts";
import { reveal, Secret } from "../../../src/token/secret/secret.ts";
import {
  aWorld,
  ask,
  askOps,
  checkResult,
  leakResult,
  type Flow,
  HOUR,
  MINUTE,
  MODES,
  openForm,
  TOKEN,
  WATCH,
  withPeople,
} from "../flow.ts";
import { bytesBelow, leaksIn, saidToSlack, withDerived } from "./leaks.ts";
import { later } from "../watched.ts";

const APP_SECRET = "canary1app2secret3that4nobody5may6ever7see8";

const ids = 'phoneNumberId: "100000000002001", whatsappBusinessAccountId: "100000000001001"';

const oneWatch = (source: (name: string) => string): string => `watches:
  - { name: file, source: "${source("canary")}", ${ids} }`;

/** A watch for every way in which a token can be deployed; each command shows it where it should not. */
const everyWatch = (source: (name: string) => string): string => {
  const path = source("canary").slice("file:".length);
  const shell = (command: string): string => `'exec:["/bin/sh","-c","${command}"]'`;
  return `${oneWatch(source)}
  - { name: printed, source: ${shell(`cat ${path}`)} }
  - { name: chatty, source: ${shell(`cat ${path} >&2; cat ${path}`)} }
  - { name: failing, source: ${shell(`cat ${path} >&2; exit 1`)} }
  - { name: shouting, source: ${shell(`cat ${path} ${path}`)} }
  - { name: variable, source: "env:CANARY_TOKEN" }
  - { name: quoted, source: "${source("quoted")}" }
  - { name: swapped, source: "${source("canary")}", appId: "100000000000043", appSecret: "${source("canary")}" }`;
};

/** Answers in which Graph repeats the token everywhere it can. */
const echoes = (token: string): readonly (readonly [RegExp, CannedAnswer])[] => {
  const link = `https://graph.facebook.com/v26.0/me/permissions?access_token=${token}&after=x`;
  const error = {
    message: `Error validating access token ${token} of 100000000000042|${APP_SECRET}: see ${link}`,
    type: `OAuth${token}`,
    error_user_title: token,
    error_user_msg: token,
    error_data: { token },
    fbtrace_id: token,
  };
  const headers = {
    "content-type": "application/json",
    "www-authenticate": `OAuth "Facebook Platform" "invalid_token" "${token}"`,
    "x-fb-trace-id": token,
    "x-fb-request-id": token,
    "facebook-api-version": token,
    location: link,
  };
  const debugged = {
    data: { app_id: token, application: token, type: token, is_valid: true, user_id: token, scopes: [token], error },
  };
  const asset = {
    id: token,
    name: token,
    verified_name: token,
    display_phone_number: token,
    health_status: { entities: [] },
  };
  return [
    [/debug_token/, { status: 400, headers, body: { error: { ...error, code: 100 } } }],
    [
      /debug_token/,
      { status: 200, headers, body: { data: { is_valid: false, error: { ...error, code: 190, subcode: 460 } } } },
    ],
    [/debug_token/, { status: 200, headers, body: debugged }],
    [/debug_token/, { status: 500, headers, body: `<html>${token} ${link}</html>` }],
    [/debug_token/, { status: 302, headers, body: "" }],
    [/debug_token/, { status: 200, headers, body: `{"data":{"app_id":"${token}` }],
    [/10000000000[12]001/, { status: 400, headers, body: { error: { ...error, code: 100, error_subcode: 33 } } }],
    [/10000000000[12]001/, { status: 403, headers, body: { error: { ...error, code: 131031 } } }],
    [/10000000000[12]001/, { status: 200, headers, body: { ...asset, paging: { next: link } } }],
    [
      /permissions/,
      { status: 200, headers, body: { data: [{ permission: token, status: "granted" }], paging: { next: link } } },
    ],
  ];
};

/** Breaks a text as programs do that print it in lines. */
const wrapped = (text: string, width: number, separator: string): string =>
  text.match(new RegExp(`.{1,${width}}`, "g"))?.join(separator) ?? "";

/** Answers in which Graph repeats the token and the app secret in pieces only. */
const pieces = (token: string): readonly (readonly [RegExp, CannedAnswer])[] => {
  const secret = `${APP_SECRET.slice(13)} ${APP_SECRET.slice(2, 27)}`;
  const say = (width: number, separator: string): CannedAnswer => ({
    status: 400,
    body: { error: { code: 100, message: `Malformed: ${wrapped(token, width, separator)} with ${secret}` } },
  });
  const health = {
    can_send_message: "BLOCKED",
    additional_info: [wrapped(token, 60, "\n"), wrapped(token.slice(50), 25, "-"), secret],
  };
  const asset = { id: "100000000001001", name: wrapped(token, 30, " "), health_status: { entities: [health] } };
  return [
    [/debug_token/, say(60, "\n")],
    [/debug_token/, say(60, "\u200b")],
    [/debug_token/, say(20, " ")],
    [/debug_token/, say(13, "&shy;")],
    [/debug_token/, say(7, "%0A")],
    [/100000000001001/, say(60, "\\n")],
    [/100000000001001/, { status: 200, body: asset }],
  ];
};

interface Canary {
  readonly flow: Flow;
  readonly token: string;
  /** Everything seen from outside so far, by place. */
  readonly places: Record<string, string>;
}

/** Meta's tokens have had several shapes; what the shape does not give away must be kept by knowing it. */
const shapes = {
  "of Meta's shape": (token: string): string => token,
  "of an unknown shape": (token: string): string =>
    token
      .slice(3)
      .match(/.{1,9}/g)
      ?.join("-") ?? "",
} as const;

interface CanaryOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly shape?: (token: string) => string;
  readonly watchlist?: typeof oneWatch;
}

const aCanary = async (mode: SlackModeName, options: CanaryOptions = {}): Promise<Canary> => {
  const { env = {}, shape = shapes["of Meta's shape"], watchlist = oneWatch } = options;
  const world = await aWorld({ mode, watchlist, appSecret: APP_SECRET, env });
  const issued = world.graph.issueToken({ label: "canary" });
  const token = shape(issued);
  const facts = world.graph.state.tokens.get(issued);
  if (facts !== undefined) world.graph.state.tokens.set(token, facts);
  world.tokenFile("canary").write(token);
  world.tokenFile("quoted").write(`"${token}"`);
  const bot = await world.startBot({ env: { ...world.env, CANARY_TOKEN: token, PATH: "/usr/bin:/bin" } });
  return { flow: withPeople(world, bot), token, places: {} };
};

/** Looks everywhere the bot leaves something. */
const look = async ({ flow, places }: Canary, when: string): Promise<void> => {
  places[`/readyz ${when}`] = (await askOps(flow, "/readyz")).body;
  places[`/metrics ${when}`] = (await askOps(flow, "/metrics")).body;
  places[`the database ${when}`] = bytesBelow(flow.dataDir, ["tokens", "watchlist.yml"]);
};

const checkTyped = async ({ flow, token }: Canary, watch?: string): Promise<void> => {
  await openForm(flow, flow.robin);
  await flow.robin.type(TOKEN, token);
  if (watch !== undefined) await flow.robin.select(WATCH, watch);
  await checkResult(flow, flow.robin);
  await flow.robin.closeModal({ all: true });
  flow.clock.advance(MINUTE);
};

const checkWatch = async ({ flow }: Canary, watch: string): Promise<void> => {
  await openForm(flow, flow.robin, watch);
  await checkResult(flow, flow.robin);
  await flow.robin.closeModal({ all: true });
  flow.clock.advance(MINUTE);
};

const useShortcut = async ({ flow, token }: Canary): Promise<void> => {
  await leakResult(flow, flow.robin, { text: token, files: [{ name: token, preview: token }] });
  await flow.robin.closeModal({ all: true });
  flow.clock.advance(MINUTE);
};

const leaksOf = ({ flow, token, places }: Canary): readonly string[] =>
  leaksIn(withDerived(token, APP_SECRET), {
    ...places,
    "the log": flow.bot.logLines().join(""),
    "what was said to Slack": saidToSlack(flow.slack),
    "the process title": process.title,
  });

/** Collects what is printed past the logger. */
const listenToOutput = (): (() => string) => {
  const spies = ([process.stdout, process.stderr] as const).map((stream) =>
    vi.spyOn(stream, "write").mockImplementation(() => true),
  );
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return () => spies.flatMap((spy) => spy.mock.calls.map(([chunk]) => String(chunk))).join("");
};

describe.each(MODES)("a distinctive token over %s", (mode) => {
  it("appears nowhere after it was checked, deployed and shown in status", async () => {
    const printed = listenToOutput();
    const canary = await aCanary(mode, { watchlist: everyWatch });
    const { flow, token } = canary;
    await look(canary, "after the first round");
    await checkTyped(canary);
    await checkTyped(canary, "file");
    for (const { name } of flow.config.watches) await checkWatch(canary, name);
    await useShortcut(canary);
    await ask(flow, flow.robin, "status");
    for (const { name } of flow.config.watches) await ask(flow, flow.robin, `status ${name}`);
    for (const text of ["", "check ", "status ", "guide ", "help "]) await ask(flow, flow.robin, `${text}${token}`);
    flow.graph.revoke(token);
    await later(flow, HOUR);
    await look(canary, "after it was revoked");
    await flow.bot.stop();
    canary.places["the database after the end"] = bytesBelow(flow.dataDir, ["tokens", "watchlist.yml"]);
    canary.places["the output"] = printed();
    expect(flow.graph.calls("/debug_token").length).toBeGreaterThan(10);
    expect(leaksOf(canary)).toEqual([]);
  });

  it("appears nowhere when Graph or Slack breaks the connection", async () => {
    const canary = await aCanary(mode);
    const { flow, token } = canary;
    const { graph, slack, robin } = flow;
    for (const kind of ["reset", "redirect_loop", "truncated", "garbage", "html", "wrong_length"] as const) {
      graph.faults.add({ kind, times: 4 });
      await checkTyped(canary, "file");
      await later(flow, HOUR);
      graph.faults.clear();
    }
    await graph.goAway();
    await checkTyped(canary);
    await later(flow, HOUR);
    await look(canary, "while Graph is away");
    await graph.comeBack();

    // The result cannot be shown: the view is not updated, and the direct message is refused too.
    for (const method of ["views.update", "chat.postMessage"])
      slack.faults.add({ kind: "not_json", method, body: wrapped(token, 30, "\n") });
    await openForm(flow, robin);
    await robin.type(TOKEN, token);
    const failed = flow.bot.nextLine("a request from Slack failed");
    await robin.submit();
    await failed;
    expect(leaksOf(canary)).toEqual([]);
  });

  it("is not repeated by the configuration, in any wrong variable", async () => {
    const { flow, token } = await aCanary(mode);
    for (const name of Object.keys(flow.env)) {
      const loaded = await loadConfig({ env: { ...flow.env, [name]: token }, dotenv: {}, readFile: () => token });
      const said = loaded.ok ? "" : loaded.problems.map(({ message }) => message).join("\n");
      expect(leaksIn({ token }, { [name]: said })).toEqual([]);
    }
  });
});

describe("a token that Graph repeats in everything it says", () => {
  it.each([
    ["of Meta's shape", "socket"],
    ["of an unknown shape", "http"],
  ] as const)("%s is seen nowhere, bot on %s", async (shape, mode) => {
    const printed = listenToOutput();
    const canary = await aCanary(mode, { shape: shapes[shape] });
    const { flow } = canary;
    const answers = [...echoes(canary.token), ...pieces(canary.token)];
    for (const [index, [path, answer]] of answers.entries()) {
      const forget = flow.graph.answerWith(path, answer);
      await later(flow, HOUR);
      await checkTyped(canary, "file");
      await ask(flow, flow.robin, "status file");
      await look(canary, `during echo ${index}`);
      forget();
    }
    canary.places["the output"] = printed();
    expect(leaksOf(canary)).toEqual([]);
  });

  it("appears nowhere without an app secret", async () => {
    const canary = await aCanary("socket", { env: { META_APP_ID: "", META_APP_SECRET: "" } });
    const { flow } = canary;
    await checkTyped(canary);
    for (const [index, [path, answer]] of echoes(canary.token).entries()) {
      const forget = flow.graph.answerWith(index % 2 === 0 ? /\/(?:me|app)$/ : path, answer);
      await later(flow, HOUR);
      await checkTyped(canary, "file");
      await look(canary, `during echo ${index}`);
      forget();
    }
    expect(leaksOf(canary)).toEqual([]);
  });
});

describe("a token that is refreshed and then revoked", () => {
  it("appears nowhere, nor does its successor, whatever Meta repeats", async () => {
    const printed = listenToOutput();
    const canary = await aCanary("socket");
    const { flow, token } = canary;
    const { graph } = flow;
    const client = createGraphClient({ baseUrl: graph.url, version: "v26.0", now: flow.clock.now });
    onTestFinished(() => client.close());
    const app = { id: graph.appId, secret: new Secret(APP_SECRET) };
    const old = new Secret(token);
    const said: unknown[] = [];
    for (const [, answer] of [...echoes(token), ...pieces(token)]) {
      const forget = graph.answerWith(/oauth/, answer);
      said.push(await createExchange(client)(old, app), await createRevoke(client)(old, old, app));
      forget();
    }
    const exchanged = await createExchange(client)(old, app);
    if (!exchanged.ok) throw new Error(exchanged.message);
    const successor = reveal(exchanged.secret);
    flow.tokenFile("canary").write(successor);
    await later(flow, HOUR);
    said.push(await createRevoke(client)(old, exchanged.secret, app));
    await later(flow, HOUR);
    await ask(flow, flow.robin, "status file");
    await look(canary, "after the revoke");
    canary.places["the output"] = printed();
    canary.places["the results"] = JSON.stringify(said);
    canary.places["the calls"] = JSON.stringify(graph.calls());
    expect(said.at(-1)).toEqual({ ok: true });
    expect(graph.calls(/oauth/).length).toBeGreaterThan(30);
    expect(leaksOf(canary)).toEqual([]);
    expect(leaksOf({ ...canary, token: successor })).toEqual([]);
  });
});

describe("the search for leaks", () => {
  it("finds a piece of a secret, and ignores the tail of a token", () => {
    const secret = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH";
    expect(leaksIn({ secret }, { here: `x${secret}y`, there: secret.slice(-8) })).toEqual(["secret in here"]);
    expect(leaksIn({ secret }, { part: secret.slice(16, 32) })).toEqual(["secret in part"]);
  });
});
