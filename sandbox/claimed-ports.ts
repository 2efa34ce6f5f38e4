import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";

/** TCP ports of 127.0.0.1 that no other sandbox on this machine uses until they are released. */
export interface ClaimedPorts {
  readonly ports: readonly number[];
  readonly release: () => Promise<void>;
}

/** Claims `count` different ports. Throws when there are not enough free ones. */
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
  throw new Error("The sandbox found no free TCP port.");
}

/**
 * Systems take higher ports for outgoing connections and for `listen(0)` (Linux from 32768, macOS and Windows from
 * 49152). So the system gives none of these ports to another process between the check here and the bot's start.
 */
const [FIRST, COUNT] = [15_000, 17_000];
const HOST = "127.0.0.1";
const TRIES = 200;

/** Windows reports EACCES for a port that it reserves. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES");
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, HOST), "listening");
  } catch (error) {
    if (!isTaken(error)) throw error;
    return false;
  }
  await new Promise((resolve) => server.close(resolve));
  return true;
}

/**
 * Claims a TCP port by holding the UDP port of the same number. The bot can listen on the TCP port at any time, in any
 * process. Other sandboxes see that the number is taken. Returns undefined when the number is taken.
 */
async function claim(port: number): Promise<(() => Promise<void>) | undefined> {
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
}
