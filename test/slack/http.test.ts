import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { App } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signRequest } from "../../sandbox/slack/signing.ts";
import { closeHttp, createHttpReceiver, EVENTS_PATH, listenHttp } from "../../src/slack/http.ts";
import { Secret } from "../../src/token/secret.ts";
import { keepLog } from "../support/keep-log.ts";

const SECRET = "sandbox-signing-secret";
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
let seen: string[];
let close: () => Promise<void>;
const rejected: unknown[] = [];
const onRejection = (reason: unknown): void => void rejected.push(reason);

beforeEach(async () => {
  process.on("unhandledRejection", onRejection);
  const { log } = keepLog();
  const receiver = createHttpReceiver(new Secret(SECRET), log);
  const app = new App({ receiver, authorize: () => Promise.resolve({ botToken: "xoxb-sandbox" }), convoStore: false });
  seen = [];
  app.command("/wa-token", async ({ ack, command }) => {
    seen.push(command.text);
    await ack();
  });
  const port = await freePort();
  const server = await listenHttp(receiver, port);
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

describe("requests to Slack's address", () => {
  it.each([
    ["a payload of null", "payload=null", FORM],
    ["a body of null", "null", "application/json"],
    ["a payload that is no JSON", "payload={", FORM],
  ])("%s is refused, rightly signed as it is, and ends nothing", async (_name, body, contentType) => {
    expect(await post(body, contentType)).toBe(400);
    expect(await post("command=%2Fwa-token&text=help")).toBe(200);
    expect(rejected).toEqual([]);
  });

  it("a command passes as it was sent", async () => {
    expect(await post("command=%2Fwa-token&text=guide+expired")).toBe(200);
    expect(seen).toEqual(["guide expired"]);
  });

  it("a body over the limit is refused", async () => {
    expect(await post(`text=${"x".repeat(1_100_000)}`)).toBe(413);
  });
});
