import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";
import type { Server } from "node:http";
import { App } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { signRequest } from "../../../sandbox/slack/signing.ts";
import { EVENTS_PATH } from "../../../src/slack/transport/http-head.ts";
import { closeHttp, createHttpReceiver, listenHttp } from "../../../src/slack/transport/http.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { keepLog } from "../../support/keep-log.ts";

const SECRET = "7d2c".repeat(8);
const FORM = "application/x-www-form-urlencoded";

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
};

let url: string;
let port: number;
let lines: Record<string, unknown>[];
let seen: string[];
let server: Server;
let close: () => Promise<void>;
const rejected: unknown[] = [];
const onRejection = (reason: unknown): void => void rejected.push(reason);

beforeEach(async () => {
  process.on("unhandledRejection", onRejection);
  const kept = keepLog();
  const { log } = kept;
  ({ lines } = kept);
  const receiver = createHttpReceiver(new Secret(SECRET), log);
  const app = new App({ receiver, authorize: () => Promise.resolve({ botToken: "xoxb-sandbox" }), convoStore: false });
  seen = [];
  app.command("/wa-token", async ({ ack, command }) => {
    seen.push(command.text);
    await ack();
  });
  app.event("app_home_opened", async ({ event }) => {
    seen.push(event.user);
  });
  port = await freePort();
  server = await listenHttp(receiver, port);
  url = `http://127.0.0.1:${port}${EVENTS_PATH}`;
  close = () => closeHttp(server);
});
afterEach(async () => {
  await close();
  process.off("unhandledRejection", onRejection);
});

const post = async (body: string, contentType = FORM): Promise<number> => {
  const headers = { "content-type": contentType, ...signRequest(SECRET, Math.floor(Date.now() / 1_000), body) };
  const response = await fetch(url, { method: "POST", headers, body });
  await response.text();
  return response.status;
};

const now = (): number => Math.floor(Date.now() / 1_000);

/** Sends a head that promises a body of this length, and no byte of it; gives the status that comes. */
const statusOfHead = (head: readonly string[], length: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", reject);
    socket.once("data", (chunk: Buffer) => {
      socket.destroy();
      resolve(chunk.toString().split(" ")[1] ?? "");
    });
    socket.write([...head, "Host: bot.example.com", `Content-Length: ${length}`, "", ""].join("\r\n"));
  });

const headersOf = (body: string, seconds = now(), secret = SECRET): readonly string[] =>
  Object.entries(signRequest(secret, seconds, body)).map(([name, value]) => `${name}: ${value}`);

describe("what is refused before its body is read", () => {
  it.each<[string, () => readonly string[], string]>([
    ["another path", () => ["POST /other HTTP/1.1", ...headersOf("")], "404"],
    ["another method", () => ["PUT /slack/events HTTP/1.1", ...headersOf("")], "405"],
    ["no signature", () => ["POST /slack/events HTTP/1.1"], "401"],
    ["a signature without a time", () => ["POST /slack/events HTTP/1.1", headersOf("")[1] ?? ""], "401"],
    ["an old signature", () => ["POST /slack/events HTTP/1.1", ...headersOf("", now() - 400)], "401"],
    ["a body over the limit", () => ["POST /slack/events HTTP/1.1", ...headersOf("")], "413"],
  ])("%s", async (_name, head, status) => {
    expect(await statusOfHead(head(), status === "413" ? 2_000_000 : 1_000_000)).toBe(status);
    expect(await post("command=%2Fwa-token&text=help")).toBe(200);
  });

  it("is logged at debug with method and path, never with the query", async () => {
    const base = `http://127.0.0.1:${port}`;
    const token = fakeToken("in-a-path");
    expect((await fetch(`${base}/hello?key=${token}`)).status).toBe(404);
    expect((await fetch(`${base}/${token}`, { method: "DELETE" })).status).toBe(404);
    const wrongMethod = await fetch(`${base}${EVENTS_PATH}?key=${token}`);
    expect([wrongMethod.status, wrongMethod.headers.get("allow")]).toEqual([405, "POST"]);
    expect(lines).toMatchObject([
      { level: 20, method: "GET", path: "/hello" },
      { level: 20, method: "DELETE" },
      { level: 20, method: "GET", path: "/slack/events" },
    ]);
    expect(JSON.stringify(lines)).not.toContain(token);
  });
});

describe("a forged request", () => {
  const body = "command=%2Fwa-token&text=help";

  it.each<[string, string, () => Record<string, string>]>([
    ["signed with another secret", body, () => signRequest("another-secret", now(), body)],
    ["whose body was changed", `${body}+me`, () => signRequest(SECRET, now(), body)],
    [
      "whose time was changed",
      body,
      () => ({ ...signRequest(SECRET, now() - 10, body), "x-slack-request-timestamp": String(now()) }),
    ],
    [
      "that poses as a test of the certificate",
      "ssl_check=1&command=%2Fwa-token",
      () => signRequest("another-secret", now(), body),
    ],
  ])("%s reaches no listener", async (_name, sent, headers) => {
    const response = await fetch(url, { method: "POST", headers: { "content-type": FORM, ...headers() }, body: sent });
    expect(response.status).toBe(401);
    expect(seen).toEqual([]);
    expect(lines).toMatchObject([{ level: 40, refused: { forged: 1 } }]);
  });

  it("causes at most one log line a minute", async () => {
    const headers = { "content-type": FORM, ...signRequest("another-secret", now(), body) };
    for (let count = 0; count < 30; count++)
      expect((await fetch(url, { method: "POST", headers, body })).status).toBe(401);
    expect(lines.filter(({ level }) => Number(level) >= 30)).toHaveLength(1);
  });

  it.each([1, 30])("in a body of %d pieces without a length is read only up to the limit", async (megabytes) => {
    const piece = new Uint8Array(1_100_000).fill(120);
    const parts = ReadableStream.from(Array.from({ length: megabytes }, () => piece));
    const headers = { "content-type": FORM, ...signRequest("another-secret", now(), "") };
    const sent = fetch(url, { method: "POST", headers, body: parts, duplex: "half" });
    const outcome = await sent.then(
      ({ status }) => String(status),
      () => "cut off",
    );
    expect(outcome).toMatch(/^413$|^cut off$/);
    expect(await post(body)).toBe(200);
  });
});

describe("a request without a signature", () => {
  it("is cut off when its body never ends", async () => {
    const socket = connect(port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.on("error", () => undefined).resume();
    socket.write(`POST ${EVENTS_PATH} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`);
    const piece = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    let megabytes = 0;
    while (!socket.destroyed && megabytes < 50) {
      if (!socket.write(piece))
        await Promise.race([once(socket, "drain"), once(socket, "close")]).catch(() => undefined);
      megabytes += 1 / 16;
    }
    expect(socket.destroyed).toBe(true);
    expect(seen).toEqual([]);
  });
});

describe("the port for Slack's requests", () => {
  it("cuts off a slow sender after ten seconds", () => {
    expect(server).toMatchObject({ headersTimeout: 10_000, requestTimeout: 10_000, keepAliveTimeout: 5_000 });
  });

  it("is named with the remedy when another program uses it", async () => {
    const { log } = keepLog();
    const second = listenHttp(createHttpReceiver(new Secret(SECRET), log), port);
    await expect(second).rejects.toThrow(`Port ${port} for Slack's requests is in use.`);
  });
});

describe("bodies that are read at the same time", () => {
  /** Sends a signed head and half of the body that it promises; without a length, in pieces that do not end. */
  const half = async (length: number | undefined): Promise<Socket> => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    onTestFinished(() => void socket.destroy());
    const says = length === undefined ? "Transfer-Encoding: chunked" : `Content-Length: ${length}`;
    const head = ["POST /slack/events HTTP/1.1", "Host: x", says, ...headersOf("")];
    socket.write(`${head.join("\r\n")}\r\n\r\n`);
    const part = "x".repeat(500_000);
    const sent = length === undefined ? `${part.length.toString(16)}\r\n${part}\r\n` : part;
    await new Promise((resolve) => socket.write(sent, resolve));
    return socket;
  };
  const large = `command=%2Fwa-token&text=${"x".repeat(900_000)}`;

  it.each<[string, number | undefined]>([
    ["of a megabyte", 1_000_000],
    ["of the most that is read", 1024 * 1024],
    ["without a length", undefined],
  ])("%s leave space for Slack's small ones, and for large ones again when they end", async (_name, length) => {
    const sockets = await Promise.all(Array.from({ length: 12 }, () => half(length)));
    await expect.poll(() => post(large)).toBe(503);
    expect(await post("command=%2Fwa-token&text=help")).toBe(200);
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => post(large)).toBe(200);
  });
});

describe("connections that strangers hold open", () => {
  const partOfBody = (): string =>
    ["POST /slack/events HTTP/1.1", "Host: x", "Content-Length: 1000", ...headersOf(""), "", "payload="].join("\r\n");

  it.each([
    ["and say nothing on", () => ""],
    ["and send half a head on", () => "POST /slack/events HTTP/1.1\r\nHost: x\r\n"],
    ["and send part of a body on", partOfBody],
    ["after a refused request", () => "POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"],
  ])("%s are closed for Slack, oldest first", async (_name, sent) => {
    const sockets = Array.from({ length: 150 }, () => connect(port, "127.0.0.1"));
    onTestFinished(() => sockets.forEach((socket) => void socket.destroy()));
    for (const socket of sockets) {
      socket.on("error", () => undefined);
      socket.write(sent());
      socket.resume();
    }
    const open = (): number => sockets.filter(({ closed }) => !closed).length;
    await expect.poll(open).toBe(100);
    expect(await post("command=%2Fwa-token&text=help")).toBe(200);
    await expect.poll(open).toBe(99);
    expect(sockets.at(-1)?.closed).toBe(false);
    expect(seen).toEqual(["help"]);
  });
});

describe("requests to Slack's address", () => {
  it.each([
    FORM,
    `${FORM}; charset=utf-8`,
    `${FORM};charset="UTF-8"`,
    "Application/X-WWW-Form-Urlencoded; Charset=utf-8",
  ])("a form is read with the content type %s", async (contentType) => {
    expect(await post("command=%2Fwa-token&text=guide", contentType)).toBe(200);
    expect(seen).toEqual(["guide"]);
  });

  it.each(["application/json", "application/json; charset=utf-8"])(
    "JSON is read with the content type %s",
    async (type) => {
      const event = { type: "app_home_opened", user: "U0ROBIN", tab: "home" };
      expect(await post(JSON.stringify({ type: "url_verification", challenge: "x" }), type)).toBe(200);
      expect(await post(JSON.stringify({ type: "event_callback", event_id: "Ev1", team_id: "T1", event }), type)).toBe(
        200,
      );
      await expect.poll(() => seen).toEqual(["U0ROBIN"]);
    },
  );

  it.each([
    ["a payload of null", "payload=null", FORM],
    ["a body of null", "null", "application/json"],
    ["a payload that is no JSON", "payload={", FORM],
  ])("%s is refused although its signature is right, and does no harm", async (_name, body, contentType) => {
    expect(await post(body, contentType)).toBe(400);
    expect(await post("command=%2Fwa-token&text=help")).toBe(200);
    expect(rejected).toEqual([]);
  });

  it("a command is passed on unchanged", async () => {
    expect(await post("command=%2Fwa-token&text=guide+expired")).toBe(200);
    expect(seen).toEqual(["guide expired"]);
  });

  it("a body over the limit is refused", async () => {
    expect(await post(`text=${"x".repeat(1_100_000)}`)).toBe(413);
  });
});
