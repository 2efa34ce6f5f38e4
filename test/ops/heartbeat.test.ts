import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { createHeartbeat } from "../../src/ops/heartbeat.ts";
import { keepLog } from "../support/keep-log.ts";

const SECRET_PATH = "/ping/0f2b-capability";

/** Starts a monitor with the given responses; returns its base URL. */
const openMonitor = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/**
 * Sends a heartbeat; returns the log lines of level info and above. The deadline is long, so that a busy machine does
 * not look like a slow monitor.
 */
const beating = (base: string, timeoutMs = 10_000) => {
  const { log, lines } = keepLog();
  const heartbeat = createHeartbeat({ url: `${base}${SECRET_PATH}?rid=1`, log, fetch, timeoutMs });
  return {
    beat: async () => {
      await heartbeat.beat();
      expect(JSON.stringify(lines)).not.toMatch(/capability|127\.0\.0\.1|rid=/);
    },
    told: () => lines.filter(({ level }) => Number(level) >= 30).map(({ reason, msg }) => [reason, msg]),
  };
};

const FAILED = "the heartbeat failed; check HEARTBEAT_URL and the network";
const HEARD = "the heartbeat works again";

describe("the heartbeat", () => {
  it("requests the URL as configured, and does not log it", async () => {
    const asked: unknown[] = [];
    const base = await openMonitor(({ method, url }, response) => {
      asked.push([method, url]);
      response.end("OK");
    });
    const { beat, told } = beating(base);
    await beat();
    await beat();
    expect(asked).toEqual([
      ["GET", `${SECRET_PATH}?rid=1`],
      ["GET", `${SECRET_PATH}?rid=1`],
    ]);
    expect(told()).toEqual([]);
  });

  it("does not wait for a body that never ends", async () => {
    const base = await openMonitor((_, response) => void response.write("OK"));
    const { beat, told } = beating(base);
    await beat();
    expect(told()).toEqual([]);
  });

  it("that hangs is logged once with the reason", async () => {
    const { beat, told } = beating(await openMonitor(() => undefined), 50);
    await beat();
    await beat();
    expect(told()).toEqual([["no answer in time", FAILED]]);
  });

  it.each<[string, RequestListener, string]>([
    ["is not known", (_, response) => void response.writeHead(404).end(), "HTTP 404"],
    ["stumbles", (_, response) => void response.writeHead(500).end("sorry"), "HTTP 500"],
    ["breaks off", ({ socket }) => void socket.destroy(), "UND_ERR_SOCKET"],
  ])("that %s is logged once with the reason", async (_, answer, reason) => {
    const { beat, told } = beating(await openMonitor(answer));
    await beat();
    await beat();
    expect(told()).toEqual([[reason, FAILED]]);
  });

  it("that no server accepts is logged once with the reason", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const { beat, told } = beating(`http://127.0.0.1:${port}`);
    await beat();
    expect(told()).toEqual([["ECONNREFUSED", FAILED]]);
  });

  it("does not follow a redirect", async () => {
    const asked: unknown[] = [];
    const base = await openMonitor(({ url }, response) => {
      asked.push(url);
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    const { beat, told } = beating(base);
    await beat();
    expect(asked).toEqual([`${SECRET_PATH}?rid=1`]);
    expect(told()).toEqual([["HTTP 302", FAILED]]);
  });

  it("is logged when it works again, and when it fails again", async () => {
    const answers = [500, 200, 200, 503];
    const base = await openMonitor((_, response) => void response.writeHead(answers.shift() ?? 200).end());
    const { beat, told } = beating(base);
    for (let i = 0; i < 4; i++) await beat();
    expect(told()).toEqual([
      ["HTTP 500", FAILED],
      [undefined, HEARD],
      ["HTTP 503", FAILED],
    ]);
  });
});
