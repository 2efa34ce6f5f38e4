import { request } from "node:http";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { judgeReadiness } from "../../src/ops/health.ts";
import { createMetrics } from "../../src/ops/metrics.ts";
import { createOpsServer, type OpsServer, type OpsServerOptions } from "../../src/ops/server.ts";
import { NOW } from "../support/builders.ts";
import { keepLog } from "../support/keep-log.ts";

const open: OpsServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close(0)));
});

const readiness = (linked: boolean) =>
  judgeReadiness(
    {
      store: { ok: true },
      slack: { linked, message: null },
      rounds: { endedAt: NOW, nextTickAt: NOW, runningSince: null, savedAt: null, problem: null },
      requests: null,
      fleets: [],
      channels: [{ channel: "C1", error: "not_in_channel" }],
      graph: { first: [], others: 0 },
    },
    NOW,
  );

const setUp = (overrides: Partial<OpsServerOptions> = {}) => {
  const { log, lines } = keepLog();
  const { render } = createMetrics({
    snapshot: () =>
      Promise.resolve({
        watches: [],
        states: new Map(),
        fleets: [],
        alertsUndelivered: 3,
        alertsHeld: 0,
        channelsRefused: [],
        lastRoundAt: null,
        limits: [],
        renewals: [],
      }),
    most: 10,
    log,
  });
  const server = createOpsServer({
    host: "127.0.0.1",
    port: 0,
    readiness: () => Promise.resolve(readiness(true)),
    metrics: render,
    log,
    ...overrides,
  });
  open.push(server);
  return { server, lines };
};

const listening = async (overrides: Partial<OpsServerOptions> = {}) => {
  const { server, lines } = setUp(overrides);
  const port = await server.listen();
  const ask = (path: string, method = "GET") => fetch(`http://127.0.0.1:${port}${path}`, { method });
  return { server, lines, port, ask };
};

describe("the health and metrics server", () => {
  it("responds to /healthz", async () => {
    const { ask } = await listening();
    const answer = await ask("/healthz?verbose");
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("The process lives.\n");
  });

  it.each([
    [true, 200],
    [false, 503],
  ])("Slack linked %s: /readyz answers %d with the reasons", async (linked, status) => {
    const { ask } = await listening({ readiness: () => Promise.resolve(readiness(linked)) });
    const answer = await ask("/readyz");
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain("application/json");
    expect(await answer.json()).toMatchObject({
      ready: linked,
      checks: { store: { ok: true }, slack: { ok: linked }, channels: { ok: false } },
    });
  });

  it("gives the metrics in Prometheus's format", async () => {
    const { ask } = await listening();
    const answer = await ask("/metrics");
    expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
    expect(await answer.text()).toContain("wa_token_alerts_undelivered 3");
  });

  it.each(["/healthz", "/readyz", "/metrics"])("HEAD %s is GET without a body", async (path) => {
    const { ask } = await listening();
    const answer = await ask(path, "HEAD");
    expect(answer.status).toBe(200);
    expect(Number(answer.headers.get("content-length"))).toBeGreaterThan(10);
    expect(await answer.text()).toBe("");
  });

  it.each([
    ["POST", "/readyz", 405],
    ["DELETE", "/metrics", 405],
    ["GET", "/", 404],
    ["GET", "/constructor", 404],
    ["GET", "/metrics/", 404],
    ["POST", "/slack/events", 404],
  ])("%s %s is %d", async (method, path, status) => {
    const { ask } = await listening();
    const answer = await ask(path, method);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("allow")).toBe(status === 405 ? "GET, HEAD" : null);
    await answer.text();
  });

  it("reports an error without its details", async () => {
    const { ask, lines } = await listening({ readiness: () => Promise.reject(new Error("inner workings")) });
    const answer = await ask("/readyz");
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("inner workings");
    expect(lines).toMatchObject([{ level: 50, path: "/readyz" }]);
  });
});

/** Returns the status for a request with this Host header. Does not use fetch, which sets its own Host header. */
const statusFor = (port: number, host: string | undefined, address = "127.0.0.1"): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const asked = request({
      host: address,
      port,
      path: "/healthz",
      setHost: false,
      headers: host === undefined ? {} : { host },
    });
    asked.once("response", (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.once("error", reject);
    asked.end();
  });

describe("a web page that points its host name to this machine", () => {
  it.each([
    ["rebind.example.com", 403],
    ["rebind.example.com:9464", 403],
    ["10.0.0.7", 403],
    ["localhost", 200],
    ["127.0.0.1:1", 200],
    ["[::1]:9464", 200],
  ])("Host %s on loopback is answered with %d", async (host, status) => {
    const { port } = await listening();
    expect(await statusFor(port, host)).toBe(status);
  });

  it.each(["0.0.0.0", "::"])("accepts any Host on %s, because a proxy may use any name", async (host) => {
    const { port } = await listening({ host });
    expect(await statusFor(port, "bot.example.com:9464")).toBe(200);
  });
});

describe("listening on ::", () => {
  it("answers on IPv6 and IPv4", async () => {
    const { port } = await listening({ host: "::" });
    // A machine without IPv6 has no ::1, so the server listens only on IPv4 there.
    const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));
    const addresses = ["127.0.0.1", ...(hasIpv6 ? ["::1"] : [])];
    expect(await Promise.all(addresses.map((address) => statusFor(port, "localhost", address)))).toEqual(
      addresses.map(() => 200),
    );
  });
});

describe("idle connections", () => {
  it("are limited in number", async () => {
    const { port } = await listening();
    const sockets = Array.from({ length: 130 }, () => connect(port, "127.0.0.1"));
    onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
    const dropped = await Promise.all(
      sockets.map(
        (socket) =>
          new Promise<boolean>((resolve) => {
            socket.on("error", () => undefined);
            socket.once("close", () => resolve(true));
            setTimeout(() => resolve(false), 1_000);
          }),
      ),
    );
    expect(dropped.filter((one) => one)).toHaveLength(30);
  });
});

describe("an address that is not available", () => {
  it("in use: names the address and the next step", async () => {
    const { port } = await listening();
    const { server } = setUp({ port });
    await expect(server.listen()).rejects.toThrow(
      `The address 127.0.0.1:${port} for health and metrics is in use. Stop the program that uses it, or set OPS_PORT to another port.`,
    );
  });

  it("of another machine: names the variable", async () => {
    const { server } = setUp({ host: "192.0.2.1" });
    await expect(server.listen()).rejects.toThrow("Set OPS_HOST");
  });
});

describe("closing", () => {
  it("finishes the running request and accepts no more", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const { server, ask } = await listening({
      readiness: async () => {
        asked.resolve();
        await promise;
        return readiness(true);
      },
    });
    const answer = ask("/readyz");
    await asked.promise;
    const closed = server.close(10_000);
    resolve();
    expect((await answer).status).toBe(200);
    await closed;
    await expect(ask("/healthz")).rejects.toThrow();
  });

  it("does not wait after its deadline for a client that never finishes", async () => {
    const { server, port } = await listening();
    const socket = connect(port, "127.0.0.1");
    await new Promise((resolve) => socket.once("connect", resolve));
    socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\n");
    const ended = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => undefined);
    await server.close(20);
    await ended;
    expect(socket.destroyed).toBe(true);
  });

  it("does nothing before listening", async () => {
    const { server } = setUp();
    await expect(server.close(0)).resolves.toBeUndefined();
  });
});
