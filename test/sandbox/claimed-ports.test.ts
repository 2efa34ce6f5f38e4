import { createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { claimPorts, type ClaimedPorts } from "../../sandbox/claimed-ports.ts";

const claiming = async (count: number, random?: () => number): Promise<ClaimedPorts> => {
  const claimed = await claimPorts(count, random);
  onTestFinished(claimed.release);
  return claimed;
};

/** Random numbers that select the given ports. */
const falling =
  (...ports: readonly number[]) =>
  (): number => {
    const [port = 0, ...rest] = ports;
    ports = rest.length === 0 ? ports : rest;
    return (port + 0.5 - 15_000) / 17_000;
  };

const listen = (port: number): Promise<void> => {
  const server = createServer();
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
};

describe("ports of the sandbox", () => {
  it("are different, and below the ports that systems assign", async () => {
    const { ports } = await claiming(20);
    expect(new Set(ports).size).toBe(20);
    expect(Math.min(...ports)).toBeGreaterThanOrEqual(15_000);
    expect(Math.max(...ports)).toBeLessThan(32_768);
  });

  it("allow listening while they are claimed", async () => {
    const { ports } = await claiming(1);
    await expect(listen(ports[0] ?? 0)).resolves.toBeUndefined();
  });

  it("cannot be claimed again before their release, with or without a listener", async () => {
    const first = await claiming(1);
    const taken = first.ports[0] ?? 0;
    const spare = await claiming(1);
    await spare.release();
    expect((await claiming(1, falling(taken, taken, ...spare.ports))).ports).toEqual(spare.ports);
    await first.release();
    expect((await claiming(1, falling(taken))).ports).toEqual([taken]);
  });

  it("do not include a port on which another process listens", async () => {
    const { ports, release } = await claiming(2);
    const [busy = 0, free = 0] = ports;
    await listen(busy);
    await release();
    expect((await claiming(1, falling(busy, free))).ports).toEqual([free]);
  });

  it("throw an error when none is left", async () => {
    const { ports } = await claiming(1);
    await expect(claimPorts(1, falling(ports[0] ?? 0))).rejects.toThrow("The sandbox found no free TCP port.");
  });
});
