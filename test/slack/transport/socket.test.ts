import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Server } from "node:net";
import type { Duplex } from "node:stream";
import { createServer as createTlsServer } from "node:tls";
import { describe, expect, it, onTestFinished } from "vitest";
import { SlackCredentialError } from "../../../src/slack/transport/credential-error.ts";
import { closeSocket, connectSocket, createSocket } from "../../../src/slack/transport/socket.ts";
import { troubleText } from "../../../src/slack/transport/trouble.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { openWorkspace } from "../../sandbox/slack/open-workspace.ts";
import { selfSigned } from "../../support/certificate.ts";
import { keepLog } from "../../support/keep-log.ts";
import { openLocalSlack } from "../support/local-slack.ts";
import { openSilentSocket } from "../support/silent-socket.ts";

const running = new AbortController().signal;
const QUICK = { connectMs: 300, closeMs: 20, pongMs: 60 };

/** Long enough for a busy machine to do what is expected. */
const PATIENT = { ...QUICK, connectMs: 1_000, pongMs: 10_000 };

const clientOn = (apiUrl: string, limits = QUICK) => {
  const { log, lines } = keepLog();
  const socket = createSocket(new Secret("xapp-sandbox"), { apiUrl, log, fetch, proxies: {} }, limits);
  onTestFinished(() => closeSocket(socket, limits));
  return { socket, lines };
};

/** A server that does this with each request for a WebSocket; gives its port. */
const openUpgrade = async (answer: (link: Duplex) => void): Promise<number> => {
  const links = new Set<Duplex>();
  const server = createServer().on("upgrade", (_request, link) => {
    links.add(link.on("error", () => undefined));
    answer(link);
  });
  onTestFinished(() => {
    for (const link of links) link.destroy();
    server.close();
  });
  return portOf(server);
};

/** A server whose certificate nobody trusts. */
const openTls = async (): Promise<number> => {
  const { certificate: cert, key } = selfSigned("localhost");
  const server = createTlsServer({ cert, key }).on("tlsClientError", () => undefined);
  onTestFinished(() => void server.close());
  return portOf(server);
};

const closedPort = async (): Promise<number> => {
  const server = createServer();
  const port = await portOf(server);
  server.close();
  await once(server, "close");
  return port;
};

const portOf = async (server: Server): Promise<number> => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
};

const atSandbox = async () => {
  const slack = await openWorkspace();
  const { log, lines } = keepLog();
  const socket = createSocket(new Secret(slack.appToken), { apiUrl: slack.apiUrl, log, fetch, proxies: {} });
  onTestFinished(() => closeSocket(socket));
  return { slack, socket, lines };
};

describe("the socket to Slack", () => {
  it("is up after the hello, and reports its end when it is dropped", async () => {
    const { slack, socket } = await atSandbox();
    const { ended } = await connectSocket(socket, running);
    expect(slack.sockets.open()).toBe(1);
    slack.sockets.drop();
    await expect(ended).resolves.toBeUndefined();
  });

  it.each(["warning", "refresh_requested", "link_disabled"] as const)("ends when Slack says %s", async (reason) => {
    const { slack, socket } = await atSandbox();
    const { ended } = await connectSocket(socket, running);
    slack.sockets.disconnect(reason);
    await expect(ended).resolves.toBeUndefined();
    await slack.waitFor(() => slack.sockets.open() === 0);
  });

  it("can be opened again on the same client, one at a time", async () => {
    const { slack, socket } = await atSandbox();
    for (const count of [1, 2, 3]) {
      const { ended } = await connectSocket(socket, running);
      expect([slack.sockets.opened(), slack.sockets.open()]).toEqual([count, 1]);
      slack.sockets.drop();
      await ended;
    }
  });

  it.each(["invalid_auth", "account_inactive", "not_authed"] as const)(
    "is refused with %s by name of the variable, after one call",
    async (word) => {
      const { slack, socket } = await atSandbox();
      slack.faults.add({ kind: "error", error: word, times: Infinity });
      const failed = await connectSocket(socket, running).catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(SlackCredentialError);
      expect(String(failed)).toMatch(new RegExp(`SLACK_APP_TOKEN \\(${word}\\)\\. \\w`));
      expect(slack.calls("apps.connections.open")).toHaveLength(1);
    },
  );

  it.each([
    ["HTTP 503", { kind: "status", status: 503 }],
    ["a reset", { kind: "reset" }],
    ["a rate limit", { kind: "rate_limited", retryAfterSeconds: 30 }],
    ["nonsense", { kind: "not_json", body: "<html>" }],
  ] as const)("is tried once only, by us and not by the library, after %s", async (_name, fault) => {
    const { slack, socket } = await atSandbox();
    slack.faults.add({ ...fault, times: 1 });
    await expect(connectSocket(socket, running)).rejects.toBeInstanceOf(Error);
    expect(slack.calls("apps.connections.open")).toHaveLength(1);
    await connectSocket(socket, running);
    expect(slack.sockets.open()).toBe(1);
  });

  it("is given up when no hello comes in time", async () => {
    const { apiUrl } = await openSilentSocket({ hello: false });
    const { socket } = clientOn(apiUrl, PATIENT);
    await expect(connectSocket(socket, running, PATIENT)).rejects.toThrow(
      /^The WebSocket to 127\.0\.0\.1:\d+ said no hello within 1 s$/,
    );
  });

  it.each<[string, () => Promise<string> | string, RegExp]>([
    [
      "refuses the connection",
      async () => `ws://127.0.0.1:${await closedPort()}/link`,
      /^The WebSocket to 127\.0\.0\.1:\d+ could not be opened \(ECONNREFUSED\)$/,
    ],
    [
      "has a name that cannot be resolved",
      () => "wss://wss.test.invalid/link",
      /^The WebSocket to wss\.test\.invalid could not be opened \((?:ENOTFOUND|EAI_AGAIN)\)$/,
    ],
    [
      "shows a certificate of nobody we trust",
      async () => `wss://localhost:${await openTls()}/link`,
      /could not be opened \(DEPTH_ZERO_SELF_SIGNED_CERT; set NODE_EXTRA_CA_CERTS to your company's root certificate\)$/,
    ],
    [
      "answers HTTP 403",
      async () => `ws://127.0.0.1:${await openUpgrade((link) => link.end("HTTP/1.1 403 Forbidden\r\n\r\n"))}/link`,
      /was refused \(HTTP 403\)$/,
    ],
    [
      "answers a page in place of a WebSocket",
      async () => `ws://127.0.0.1:${await openUpgrade((link) => link.end("HTTP/1.1 200 OK\r\n\r\n<html>"))}/link`,
      /was refused \(HTTP 200\)$/,
    ],
    [
      "hangs up",
      async () => `ws://127.0.0.1:${await openUpgrade((link) => link.destroy())}/link`,
      /could not be opened \(UND_ERR_SOCKET\)$/,
    ],
    [
      "says nothing",
      async () => `ws://127.0.0.1:${await openUpgrade(() => undefined)}/link`,
      /was not answered within 1 s$/,
    ],
    ["has an address that cannot be read", () => "not an address", /Invalid URL|could not be|cannot be read/],
  ])("names the cause when the other side %s", async (_, url, cause) => {
    const address = await url();
    const { apiUrl } = await openLocalSlack(() => ({ body: { ok: true, url: `${address}?ticket=nobody-may-know` } }));
    const { socket } = clientOn(apiUrl, PATIENT);
    const failed = await connectSocket(socket, running, PATIENT).catch((error: unknown) => error);
    expect(troubleText(failed)).toMatch(cause);
    expect(troubleText(failed)).not.toContain("nobody-may-know");
  });

  it("closes its connection to a server that sends nothing", async () => {
    let links = 0;
    const port = await openUpgrade((link) => {
      links += 1;
      // A server's own end stays open until it is ended as well.
      link
        .on("end", () => link.end())
        .on("close", () => (links -= 1))
        .resume();
    });
    const { apiUrl } = await openLocalSlack(() => ({ body: { ok: true, url: `ws://127.0.0.1:${port}/link` } }));
    const { socket } = clientOn(apiUrl);
    for (let tries = 0; tries < 3; tries += 1)
      await expect(connectSocket(socket, running, QUICK)).rejects.toThrow("was not answered");
    await expect.poll(() => links).toBe(0);
  });

  it("ends when the other side answers no ping", async () => {
    const { apiUrl } = await openSilentSocket({ hello: true });
    const { socket, lines } = clientOn(apiUrl);
    const { ended } = await connectSocket(socket, running, QUICK);
    const openedAt = performance.now();
    await expect(ended).resolves.toBeUndefined();
    expect(JSON.stringify(lines)).toContain("pong wasn't received");
    // The library alone would wait for 5 s.
    expect(performance.now() - openedAt).toBeLessThan(4_000);
  });

  it("is closed without waiting for a server that does not answer", async () => {
    const { apiUrl, isCut } = await openSilentSocket({ hello: true });
    const { socket } = clientOn(apiUrl);
    await connectSocket(socket, running, { ...QUICK, connectMs: 5_000 });
    expect(isCut()).toBe(false);
    await expect(closeSocket(socket, QUICK)).resolves.toBeUndefined();
    await expect.poll(isCut, { timeout: 3_000 }).toBe(true);
  });

  it("is closed again when it comes up after the stop", async () => {
    const { slack, socket } = await atSandbox();
    const stopping = new AbortController();
    const connecting = connectSocket(socket, stopping.signal);
    stopping.abort();
    await expect(connecting).rejects.toThrow("stopped while it connected");
    await slack.waitFor(() => slack.sockets.open() === 0);
    expect(slack.sockets.opened()).toBe(1);
  });

  it.each(["null", '{"type":"events_api"}', '{"type":"events_api","payload":{}}'])(
    "survives the frame %s, which its library cannot read",
    async (frame) => {
      const { slack, socket, lines } = await atSandbox();
      await connectSocket(socket, running);
      slack.raw.frame(frame);
      await expect.poll(() => JSON.stringify(lines)).toContain("could not read a frame from Slack");
      expect(slack.sockets.open()).toBe(1);
    },
  );
});
