import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { openAgent } from "../../src/network/agent.ts";
import { causeOf } from "../../src/network/cause.ts";
import { directHosts } from "../../src/network/direct.ts";
import { Secret } from "../../src/token/secret/secret.ts";

describe("hosts that are reached directly", () => {
  it.each<[string, string, boolean]>([
    ["localhost", "", true],
    ["sandbox.localhost", "", true],
    ["LOCALHOST", "", true],
    ["localhost.", "", true],
    ["127.0.0.1", "", true],
    ["127.255.3.4", "", true],
    ["[::1]", "", true],
    ["128.0.0.1", "", false],
    ["notlocalhost", "", false],
    ["localhost.example.com", "", false],
    ["10.1.2.3", "10.0.0.0/8", true],
    ["11.1.2.3", "10.0.0.0/8", false],
    ["192.168.7.9", "example.com, 192.168.0.0/16", true],
    ["[fd00::1]", "fd00::/8", true],
    ["[fe00::1]", "[fd00::]/8", false],
    ["10.1.2.3", "10.0.0.0/99", false],
    ["10.example.com", "10.0.0.0/8", false],
  ])("%s with NO_PROXY=%s: %s", (host, none, direct) => {
    expect(directHosts(none)(host)).toBe(direct);
  });
});

const portOf = async (server: Server): Promise<number> => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
};

/** Returns whether a request to this URL goes through a proxy that refuses everything. */
const asksProxy = async (url: string, none: string): Promise<boolean> => {
  const proxy = createServer().on("connect", (_request, socket) => socket.end("HTTP/1.1 418 No\r\n\r\n"));
  const { dispatcher, close } = openAgent({ https: new Secret(`http://127.0.0.1:${await portOf(proxy)}`), none });
  const failed = await dispatcher
    .request({ origin: url, path: "/", method: "GET" })
    .then(() => undefined)
    .catch((error: unknown) => error);
  await close();
  return causeOf(failed) === "the proxy answered HTTP 418";
};

describe("NO_PROXY", () => {
  // These names do not exist, so a direct request fails with another error than one through the proxy.
  it.each<[string, string, boolean]>([
    ["https://graph.test.invalid", "", true],
    ["https://graph.test.invalid", "*", false],
    ["https://graph.test.invalid", "graph.test.invalid", false],
    ["https://graph.test.invalid", "GRAPH.TEST.INVALID", false],
    ["https://graph.test.invalid", ".test.invalid", false],
    ["https://graph.test.invalid", "test.invalid", false],
    ["https://graph.test.invalid", "*.test.invalid", false],
    ["https://graph.test.invalid", "other.invalid test.invalid", false],
    ["https://graph.test.invalid", "other.invalid,test.invalid", false],
    ["https://graph.test.invalid", "graph.test.invalid:443", false],
    ["https://graph.test.invalid", "graph.test.invalid:8443", true],
    ["https://graph.test.invalid:8443", "graph.test.invalid:8443", false],
    ["https://graph.test.invalid", "raph.test.invalid", true],
    ["https://127.0.0.1:1", "", false],
    ["https://10.1.2.3:1", "10.0.0.0/33", true],
  ])("for %s as %s: through the proxy %s", async (url, none, proxied) => {
    expect(await asksProxy(url, none)).toBe(proxied);
  });
});
