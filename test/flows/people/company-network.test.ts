// The bot in a network whose names resolve on the proxy's side only, with certificates of a private authority. The real
// process reads them from its environment; the causes that the commands name are shown in this process, which is faster.
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { describe, expect, it, onTestFinished } from "vitest";
import type { World, WorldOptions } from "../../../sandbox/world.ts";
import { readSmallFile } from "../../../src/cli/small-file.ts";
import { runCli } from "../../../src/cli/program.ts";
import { runChild } from "../../cli/child.ts";
import { createMemoryIo } from "../../cli/memory-io.ts";
import { type CompanyNetwork, openCompanyNetwork } from "../../support/company-network.ts";
import { startProcess } from "../running/bot-process.ts";
import { ask, askOps, aWorld } from "../flow.ts";

const SLACK = "slack.test.invalid";
const GRAPH = "graph.test.invalid";
const MONITOR = "monitor.test.invalid";
const USER = "us@er:p:w-nobody-may-know";
const PASSWORD = /p%3Aw|p:w-nobody|nobody-may-know|dXNAZXI/;

interface Company extends World {
  readonly network: CompanyNetwork;
  readonly beats: readonly string[];
}

const portOf = (url: string): number => Number(new URL(url).port);

/**
 * Slack, Graph and a monitor behind the proxy; the bot's environment names them by host.
 * @param proxy what HTTPS_PROXY becomes, from the proxy's address
 * @param slackHosts further names of Slack
 */
const aCompany = async (
  options: Partial<WorldOptions> = {},
  proxy: (url: string) => string = (url) => url,
  slackHosts: readonly string[] = [],
) => {
  const beats: string[] = [];
  const monitor = createServer(({ url = "" }, response) => {
    beats.push(url);
    response.end();
  }).listen(0, "127.0.0.1");
  await once(monitor, "listening");
  onTestFinished(() => void monitor.close());
  const world = await aWorld({ start: new Date(), slack: { publicUrl: `https://${SLACK}` }, ...options });
  const network = await openCompanyNetwork({
    ...Object.fromEntries([SLACK, ...slackHosts].map((host) => [host, portOf(world.slack.url)])),
    [GRAPH]: portOf(world.graph.url),
    [MONITOR]: (monitor.address() as AddressInfo).port,
  });
  const env = {
    ...world.env,
    SLACK_API_URL: `https://${SLACK}/api/`,
    GRAPH_API_URL: `https://${GRAPH}`,
    HEARTBEAT_URL: `https://${MONITOR}/beat`,
    HTTPS_PROXY: proxy(network.proxyUrl),
    NODE_EXTRA_CA_CERTS: network.caFile,
  };
  return { ...world, env, network, beats } satisfies Company;
};

const withCredentials = (url: string): string => url.replace("//", `//us%40er:p%3Aw-nobody-may-know@`);

type Variables = Readonly<Record<string, string>>;

/** Runs the command as its own process. */
const runAlone = (company: Company, argv: readonly string[], changed: Variables = {}) =>
  runChild(argv, { env: { ...company.env, ...changed }, cwd: company.dataDir });

/** Runs the command here. Node.js reads NODE_EXTRA_CA_CERTS only at its start, so this does the same now. */
const run = async (company: Company, argv: readonly string[], changed: Variables = {}) => {
  const env: Variables = { ...company.env, ...changed };
  const { io, out, err } = createMemoryIo({ env, cwd: company.dataDir, now: () => new Date() });
  const before = getCACertificates("default");
  if (env["NODE_EXTRA_CA_CERTS"] !== "") setDefaultCACertificates([...before, company.network.ca]);
  try {
    const code = await runCli(argv, { ...io, readFile: readSmallFile });
    return { code, out: out(), err: err() };
  } finally {
    setDefaultCACertificates(before);
  }
};

const hostsAsked = ({ network }: Company): readonly string[] => [...new Set(network.asked)].toSorted();

describe("the bot behind a proxy", () => {
  it("reaches Graph, all of Slack and the monitor by names that only the proxy can resolve", async () => {
    const company = await aCompany();
    const bot = startProcess(company);
    await bot.says("tick ended");
    await company.slack.waitFor(() => company.slack.sockets.open() === 1);
    const answer = await ask(company, company.slack.person("robin"), "status");
    expect(answer.text).toContain("default");
    await expect.poll(() => company.beats).toEqual(["/beat"]);
    expect(company.slack.calls("auth.test").length).toBeGreaterThan(0);
    expect(company.slack.calls("response_url")).toHaveLength(1);
    expect(hostsAsked(company)).toEqual([`${GRAPH}:443`, `${MONITOR}:443`, `${SLACK}:443`]);
    const ready = await askOps(company, "/readyz");
    expect(ready.status).toBe(200);
    bot.signal("SIGTERM");
    expect((await bot.ended).code).toBe(0);
  });

  it("sends its user name and password only to the proxy", async () => {
    const company = await aCompany({}, withCredentials);
    company.network.demand(USER);
    const bot = startProcess(company);
    await bot.says("tick ended");
    await company.slack.waitFor(() => company.slack.sockets.open() === 1);
    expect(new Set(company.network.credentials)).toEqual(new Set([USER]));
    bot.signal("SIGTERM");
    await bot.ended;
    expect(bot.output()).not.toMatch(PASSWORD);
  });

  it.each(["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"])("uses %s", async (name) => {
    const company = await aCompany();
    const { code } = await run(company, ["check"], { HTTPS_PROXY: "", [name]: company.network.proxyUrl });
    expect([code, hostsAsked(company)]).toEqual([0, [`${GRAPH}:443`]]);
  });

  it("reads its environment from .env as well", async () => {
    const company = await aCompany();
    const { HTTPS_PROXY: _, ...env } = company.env;
    writeFileSync(`${company.dataDir}/.env`, `HTTPS_PROXY=${company.network.proxyUrl}\n`);
    const { code } = await runChild(["check"], { env, cwd: company.dataDir });
    expect([code, hostsAsked(company)]).toEqual([0, [`${GRAPH}:443`]]);
  });

  it("never uses it for this machine", async () => {
    const company = await aCompany();
    const { graph, slack } = company;
    const local = { GRAPH_API_URL: graph.url, SLACK_API_URL: slack.apiUrl, HEARTBEAT_URL: "" };
    const { code } = await run(company, ["round"], local);
    expect([code, company.network.asked]).toEqual([0, []]);
    expect(graph.calls().length).toBeGreaterThan(0);
  });
});

describe("doctor behind a proxy", () => {
  it("says which proxy it used, and that everything works", async () => {
    const company = await aCompany({}, withCredentials);
    company.network.demand(USER);
    const { code, out, err } = await runAlone(company, ["doctor"], { NO_PROXY: ".corp.test" });
    expect(out).toMatch(
      /OK {9}Proxy: requests go through http:\/\/127\.0\.0\.1:\d+ with a user name \(HTTPS_PROXY\), except to this machine and NO_PROXY \(\.corp\.test\)\./,
    );
    expect(out).toMatch(/OK {9}Slack socket: the WebSocket opened, and Slack answered\./);
    expect(out).not.toMatch(/PROBLEM|NO ANSWER/);
    expect([code, err]).toEqual([0, ""]);
    expect(out).not.toMatch(PASSWORD);
  });

  it.each([
    [403, "the proxy answered HTTP 403; ask the proxy's administrator to allow this host"],
    [407, "the proxy answered HTTP 407; set the right user name and password in HTTPS_PROXY"],
    [502, "the proxy answered HTTP 502"],
    ["cut", "the proxy closed the connection"],
  ] as const)("names the cause when the proxy says %s", async (mood, cause) => {
    const company = await aCompany({}, withCredentials);
    company.network.setMood(mood);
    const { code, out } = await run(company, ["doctor"]);
    expect(out).toContain(
      `Slack bot token: Slack could not be reached (${cause}). Check your network and run this again.`,
    );
    expect(out).toContain(`Slack transport: Slack could not be reached (${cause}).`);
    expect(out).toMatch(/Meta could not be reached for GET \/debug_token/);
    expect(out).toContain(`(${cause})`);
    expect(code).toBe(3);
    expect(out).not.toMatch(PASSWORD);
  });

  it.each([
    ["http://127.0.0.1:1", "ECONNREFUSED at the proxy 127.0.0.1:1"],
    ["http://me:nobody-may-know@proxy.test.invalid:3128", "ENOTFOUND at the proxy proxy.test.invalid:3128"],
  ])("names the cause when the proxy %s does not answer", async (proxy, cause) => {
    const company = await aCompany({}, () => proxy);
    const { code, out } = await run(company, ["doctor"]);
    expect(out).toContain(`Slack could not be reached (${cause})`);
    expect(out).toMatch(new RegExp(`Meta could not be reached for GET /debug_token \\(${cause}\\)`));
    expect(code).toBe(3);
    expect(out).not.toMatch(PASSWORD);
  });

  it("names a proxy that accepts connections and never answers", async () => {
    const company = await aCompany({ slack: { publicUrl: "https://wss.test.invalid" } }, undefined, [
      "wss.test.invalid",
    ]);
    company.network.setMood("silent", "wss.test.invalid");
    company.network.setMood("silent", GRAPH);
    const { code, out } = await run(company, ["doctor"]);
    expect(out).toContain(
      "Slack socket: The WebSocket to wss.test.invalid could not be opened (the proxy did not answer)",
    );
    expect(out).toContain("Meta did not answer GET /debug_token in time");
    expect(code).toBe(3);
  });

  it("names the certificate and the remedy without NODE_EXTRA_CA_CERTS", async () => {
    const company = await aCompany();
    const { code, out } = await runAlone(company, ["doctor"], { NODE_EXTRA_CA_CERTS: "" });
    expect(out).toMatch(
      /Slack could not be reached \(DEPTH_ZERO_SELF_SIGNED_CERT; set NODE_EXTRA_CA_CERTS to your company's root certificate\)/,
    );
    expect(out).toMatch(
      /Meta could not be reached for GET \/debug_token \(DEPTH_ZERO_SELF_SIGNED_CERT; set NODE_EXTRA_CA_CERTS/,
    );
    expect(code).toBe(3);
  });
});

describe("a WebSocket that the proxy does not let through", () => {
  const WSS = "wss.test.invalid";
  const CAUSE = `Slack socket: The WebSocket to ${WSS} could not be opened (the proxy answered HTTP 403; ask the proxy's administrator to allow this host)`;

  const blocked = async (options: Partial<WorldOptions> = {}) => {
    const company = await aCompany({ slack: { publicUrl: `https://${WSS}` }, ...options }, undefined, [WSS]);
    company.network.setMood(403, WSS);
    return company;
  };

  it("appears in the log and in /readyz with its cause, until it is open", async () => {
    const company = await blocked();
    const bot = startProcess(company);
    await bot.says("Slack socket is down");
    await bot.says("tick ended");
    expect(bot.output()).toContain(CAUSE);
    const { status, body } = await askOps(company, "/readyz");
    expect([status, JSON.parse(body)]).toMatchObject([503, { checks: { slack: { ok: false, message: CAUSE } } }]);
    company.network.setMood("through", WSS);
    await bot.says("Slack socket is up");
    expect((await askOps(company, "/readyz")).status).toBe(200);
  });

  it("is reported by doctor separately from the token, which is fine", async () => {
    const company = await blocked();
    const { code, out } = await run(company, ["doctor"]);
    expect(out).toMatch(/OK {9}Slack transport: Slack accepts SLACK_APP_TOKEN/);
    expect(out).toContain(`NO ANSWER  ${CAUSE}. Check your network and run this again.`);
    expect(code).toBe(3);
  });

  it("does not block answers: without the response_url, people get a direct message", async () => {
    const company = await blocked({ mode: "http" });
    const robin = company.slack.person("robin");
    const bot = startProcess(company);
    await bot.says("tick ended");
    expect(await robin.runCommand({ command: "/wa-token", text: "status" })).toMatchObject({ kind: "acked" });
    await company.slack.waitFor(() => robin.dms().some(({ text }) => text.includes("default")));
    expect(robin.ephemerals()).toEqual([]);
    expect(bot.output()).toContain("a response_url took no reply; sending a direct message");
    await expect
      .poll(() => company.slack.calls("chat.postMessage").map(({ args }) => args["channel"]))
      .toEqual([robin.id]);
  });
});

describe("a proxy that is reached by https", () => {
  it.each(["localhost", "127.0.0.1"] as const)("reaches every service when its certificate names %s", async (host) => {
    const company = await aCompany();
    company.network.demand(USER);
    const url = withCredentials(company.network.secureProxyUrl(host));
    const { code, out, err } = await run(company, ["doctor"], { HTTPS_PROXY: url });
    expect(out).toMatch(new RegExp(`Proxy: requests go through https://${host}:\\d+ with a user name`));
    expect(out).toMatch(/OK {9}Slack socket: the WebSocket opened, and Slack answered\./);
    expect(out).not.toMatch(/PROBLEM|NO ANSWER/);
    expect([code, err, hostsAsked(company)]).toEqual([0, "", [`${GRAPH}:443`, `${SLACK}:443`]]);
    expect(out).not.toMatch(PASSWORD);
  });

  it("is named when its certificate is unknown, with the remedy shown once", async () => {
    const company = await aCompany();
    const url = company.network.secureProxyUrl("localhost");
    const { code, out } = await run(company, ["doctor"], { HTTPS_PROXY: url, NODE_EXTRA_CA_CERTS: "" });
    expect(out).toMatch(
      /Slack could not be reached \(DEPTH_ZERO_SELF_SIGNED_CERT at the proxy localhost:\d+; set NODE_EXTRA_CA_CERTS to your company's root certificate\)/,
    );
    expect(code).toBe(3);
  });
});

describe("doctor at Slack's own address", () => {
  it.each([
    ["through", /OK {9}Slack answers: hooks\.slack\.com can be reached\./],
    [403, /NO ANSWER {2}Slack answers: Slack could not be reached \(the proxy answered HTTP 403; ask the proxy's/],
  ] as const)("reaches hooks.slack.com too (the proxy: %s)", async (mood, line) => {
    const company = await aCompany({}, undefined, ["slack.com", "hooks.slack.com"]);
    company.network.setMood(mood, "hooks.slack.com");
    const { out } = await run(company, ["doctor"], { SLACK_API_URL: "" });
    expect(out).toMatch(/OK {9}Slack bot token/);
    expect(out).toMatch(line);
    expect(hostsAsked(company)).toContain("hooks.slack.com:443");
  });

  it("does not test it when Slack's address is another one", async () => {
    const company = await aCompany();
    const { out } = await run(company, ["doctor"]);
    expect(out).not.toContain("Slack answers");
    expect(hostsAsked(company)).not.toContain("hooks.slack.com:443");
  });
});

describe("a proxy that cannot be used", () => {
  it.each(["run", "check", "doctor"])(
    "stops %s with a sentence that names the variable and no password",
    async (command) => {
      const company = await aCompany({}, () => "socks5://me:nobody-may-know@proxy.test.invalid:1080");
      const { code, out, err } = await run(company, [command]);
      expect(out + err).toContain(
        "HTTPS_PROXY begins with socks5://, but only http:// and https:// proxies are supported",
      );
      expect(code).toBe(2);
      expect(out + err).not.toMatch(PASSWORD);
      expect(company.network.asked).toEqual([]);
    },
  );
});
