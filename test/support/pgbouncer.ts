import { spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const NOBODY = 65_534;
const FOLDERS = [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin", "/usr/local/sbin"];

/** The program; undefined when it is not installed. */
export const findPgBouncer = (): string | undefined =>
  FOLDERS.map((folder) => join(folder, "pgbouncer")).find((path) => existsSync(path));

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
};

export interface PgBouncerSetting {
  /** The port of its server. */
  readonly serverPort: number;
  /** More lines of `[pgbouncer]`. */
  readonly lines?: readonly string[];
  /** Users with their passwords. */
  readonly users?: Readonly<Record<string, string>>;
}

/** Starts a PgBouncer in transaction mode that ends with the test. Returns its port. */
export const startPgBouncer = async (program: string, { serverPort, lines = [], users = {} }: PgBouncerSetting) => {
  // Like the server, it refuses to run as root.
  const as = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const folder = mkdtempSync(join(tmpdir(), "wa-token-pgbouncer-"));
  const port = await freePort();
  const list = Object.entries(users).map(([user, password]) => `"${user}" "${password}"\n`);
  writeFileSync(join(folder, "users.txt"), list.join(""));
  writeFileSync(
    join(folder, "pgbouncer.ini"),
    [
      "[databases]",
      `* = host=127.0.0.1 port=${serverPort} user=postgres`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${port}`,
      "unix_socket_dir =",
      `auth_file = ${join(folder, "users.txt")}`,
      ...(lines.some((line) => line.startsWith("auth_type")) ? [] : ["auth_type = any"]),
      "pool_mode = transaction",
      ...lines,
      "",
    ].join("\n"),
  );
  if (as.uid !== undefined)
    for (const path of ["", "users.txt", "pgbouncer.ini"]) chownSync(join(folder, path), NOBODY, NOBODY);
  const child = spawn(program, [join(folder, "pgbouncer.ini")], { ...as, stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  const exited = once(child, "exit");
  const ready = new Promise<boolean>((resolve) => {
    child.stderr.on("data", (text: Buffer) => {
      log += text.toString();
      if (log.includes("process up")) resolve(true);
    });
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exited;
    rmSync(folder, { recursive: true, force: true });
  });
  if (!(await Promise.race([ready, exited.then(() => false)]))) throw new Error(`PgBouncer did not start\n${log}`);
  return { port, stop: () => child.kill("SIGTERM"), log: () => log };
};
