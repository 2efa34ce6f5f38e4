import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * Below the ports that systems give to outgoing connections and to `listen(0)` (Linux from 32768, macOS and Windows from
 * 49152), so nobody is handed one of ours between our look at it and the bot's start.
 */
const [FIRST, COUNT] = [15_000, 17_000];
const HOST = "127.0.0.1";
const TRIES = 200;

/** TCP ports of 127.0.0.1 that are ours alone among the sandboxes of this machine, until they are given back. */
export interface ClaimedPorts {
  readonly ports: readonly number[];
  readonly release: () => Promise<void>;
}

/** Windows says EACCES of a port that it keeps for itself. */
const isTaken = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES");

/** Whether nobody listens there now. */
const isFree = async (port: number): Promise<boolean> => {
  const server = createServer();
  try {
    await once(server.listen(port, HOST), "listening");
  } catch (error) {
    if (!isTaken(error)) throw error;
    return false;
  }
  await new Promise((resolve) => server.close(resolve));
  return true;
};

/**
 * Claims a TCP port by holding the UDP port of the same number: the bot can listen whenever it likes, in any process,
 * and another sandbox sees that the number is taken. Undefined when it is.
 */
const claim = async (port: number): Promise<(() => Promise<void>) | undefined> => {
  const socket = createSocket("udp4");
  const release = (): Promise<void> => new Promise((resolve) => socket.close(() => resolve()));
  try {
    socket.bind({ port, address: HOST, exclusive: true });
    await once(socket, "listening");
  } catch (error) {
    await release();
    if (!isTaken(error)) throw error;
    return undefined;
  }
  if (await isFree(port)) return release;
  await release();
  return undefined;
};

/** Claims as many different ports. Throws when none are to be had. */
export async function claimPorts(count: number, random: () => number = Math.random): Promise<ClaimedPorts> {
  const claimed = new Map<number, () => Promise<void>>();
  for (let tries = 0; claimed.size < count && tries < TRIES; tries += 1) {
    const port = FIRST + Math.floor(random() * COUNT);
    const release = await claim(port);
    if (release !== undefined) claimed.set(port, release);
  }
  const releaseAll = async (): Promise<void> => {
    for (const release of claimed.values()) await release();
    claimed.clear();
  };
  if (claimed.size === count) return { ports: [...claimed.keys()], release: releaseAll };
  await releaseAll();
  throw new Error("The sandbox got no TCP port.");
}
