import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const MAIN = join(import.meta.dirname, "../../../sandbox/main.ts");

/** Loaded before anything else: a connection or a name look-up that leaves this machine ends in an error. */
const LOOPBACK_ONLY = `
import net from "node:net";
import dns from "node:dns";
const { connect } = net.Socket.prototype;
const { lookup } = dns;
const stay = (host) => {
  if (!["127.0.0.1", "localhost", "::1"].includes(host)) throw new Error("left the machine for " + host);
};
net.Socket.prototype.connect = function (...args) {
  const given = Array.isArray(args[0]) ? args[0][0] : args[0];
  const host = typeof given === "object" ? given.host : args[1];
  if (host !== undefined) stay(host);
  return connect.apply(this, args);
};
dns.lookup = (host, ...rest) => {
  stay(host);
  return lookup(host, ...rest);
};
`;

const HOOK = `data:text/javascript,${encodeURIComponent(LOOPBACK_ONLY)}`;

/** A shell in which somebody runs their real bot: reading any of these would show or break something. */
const HOSTILE: Readonly<Record<string, string>> = {
  SLACK_BOT_TOKEN: "xoxb-hostile-bot",
  SLACK_APP_TOKEN: "xapp-hostile-app",
  SLACK_SIGNING_SECRET: "hostile-signing-secret",
  SLACK_API_URL: "https://slack.example.invalid/api/",
  META_APP_ID: "999999999999999",
  META_APP_SECRET: "hostile-app-secret",
  GRAPH_API_URL: "https://graph.example.invalid",
  WHATSAPP_ACCESS_TOKEN: "hostile-access-token",
  WHATSAPP_TOKEN_SOURCE: "env:HOSTILE",
  WHATSAPP_PHONE_NUMBER_ID: "888888888888888",
  WATCHLIST: "/hostile/watchlist.yml",
  ALERT_CHANNEL: "CHOSTILE",
  DATABASE_URL: "sqlite:./hostile.db",
  SCHEDULE: "hostile",
  GUIDE_APP_NAME: "Hostile App",
};

interface Run {
  readonly child: ChildProcess;
  /** Empty folders, the working directory's `.env` aside: nothing may be left in them. */
  readonly cwd: string;
  readonly temporary: string;
  readonly out: () => string;
  readonly err: () => string;
  readonly ended: Promise<number | null>;
}

const start = (args: readonly string[] = []): Run => {
  const folder = mkdtempSync(join(tmpdir(), "wa-token-demo-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [cwd, temporary] = [join(folder, "cwd"), join(folder, "tmp")];
  mkdirSync(cwd);
  mkdirSync(temporary);
  const dotenv = Object.entries(HOSTILE).map(([name, value]) => `${name}=${value}-of-dotenv\n`);
  writeFileSync(join(cwd, ".env"), dotenv.join(""));
  const child = spawn(process.execPath, ["--import", HOOK, MAIN, ...args], {
    cwd,
    env: { ...HOSTILE, TMPDIR: temporary },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = once(child, "close").then(([code]: unknown[]) => (typeof code === "number" ? code : null));
  return { child, cwd, temporary, out: () => out, err: () => err, ended };
};

/** Waits until the story has come this far. */
const told = async ({ child, out, err, ended }: Run, text: string): Promise<void> => {
  while (!out().includes(text)) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The demo ended before "${text}": ${err()}`);
    await Promise.race([once(child.stdout ?? child, "data"), ended]);
  }
};

/** Until when, what it may do, what it reaches: in every result of a living token. */
const RESULT = ["Expires", "Present: ", "Phone number 100000000002001: reached"] as const;

/** What a newcomer must have seen, in this order. */
const MILESTONES = [
  "It reads neither .env nor any SLACK_*,",
  "1. The guide",
  "▸ You type /wa-token guide",
  "#general  wa-token  08:00 UTC  only you see this",
  "Step 1: Open Business Settings",
  "Step 2: Create a System User",
  "Step 3: Assign Your App and WhatsApp Account",
  "Step 4: Generate a Token for the System User",
  "Step 5: Put the Token in Your App",
  'If you do not see "System users"',
  "you need a new token only if",
  "[ Go to a topic ▾ ]",
  "sees none of it.",
  "[ Next ]",
  "▸ You type /wa-token guide session has expired",
  "Replace an expired or revoked token",
  "2. Check five tokens",
  "╭─ Check a token ",
  "180 characters typed ]",
  "╭─ Check result ",
  "✅ Healthy: works",
  ...RESULT,
  "⏳ Expiring: works",
  "The token expires ",
  ...RESULT.slice(1),
  "⏳ Expiring: works",
  "in 5 days",
  ...RESULT.slice(1),
  "Degraded: lacks 1 permission",
  "never",
  "Missing: whatsapp_business_messaging",
  "Phone number 100000000002001: reached",
  "Degraded: cannot use",
  "never",
  "Present: ",
  "Phone number 100000000002001: Meta refuses access",
  "╭─ WhatsApp token guide ",
  "3. A regular check",
  "none, because both tokens work",
  "All 2 tokens work",
  "4. Expiring",
  "#wa-alerts  wa-token",
  "🟠 orders-prod: token expiring",
  "checkout and crm will be unable to send WhatsApp messages after",
  "3. Press Check now to confirm.",
  "▌ amber",
  "[ Check now ]",
  "Token: ends in ",
  "(edited)",
  "↳ thread",
  "5. Revoked",
  "🔴 orders-prod: token revoked",
  "checkout and crm cannot send WhatsApp messages. @robin",
  "1. Generate a new token for the system user.",
  "▌ red",
  "also sent to the channel",
  "6. Replaced and resolved",
  "✅ orders-prod: fixed",
  "The token was replaced.",
  "▌ green",
  "✅ Healthy",
  "README.md",
];

/** The first state of the card "Start here", which only the calm world shows. */
const firstStart = async (address: string): Promise<unknown> => {
  const { body } = await fetch(new URL("/api/events", address));
  let text = "";
  for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    const data = /^event: start\ndata: (.*)\n/m.exec(text)?.[1];
    if (data !== undefined) return JSON.parse(data);
  }
  return undefined;
};

describe("npm run demo", { timeout: 30_000 }, () => {
  it("tells the whole story next to a hostile environment, and leaves nothing behind", async () => {
    const run = start(["--terminal"]);
    expect(await run.ended).toBe(0);
    expect(run.err()).toBe("");

    let from = 0;
    for (const milestone of MILESTONES) {
      const at = run.out().indexOf(milestone, from);
      expect(at, `"${milestone}" after character ${from} of the story`).toBeGreaterThanOrEqual(0);
      from = at + milestone.length;
    }
    for (const value of Object.values(HOSTILE)) expect(run.out()).not.toContain(value);
    expect(run.out()).not.toMatch(/hostile/i);
    expect(run.out()).not.toContain("\u001B");
    expect(run.out()).not.toMatch(/EAA[A-Za-z0-9]{10}/);
    expect(readdirSync(run.cwd)).toEqual([".env"]);
    expect(readdirSync(run.temporary)).toEqual([]);
  });

  it("ends cleanly at Ctrl-C", async () => {
    const run = start(["--terminal"]);
    await told(run, "1. The guide");
    run.child.kill("SIGINT");
    expect(await run.ended).toBe(0);
    expect(run.err()).toBe("");
    expect(run.out()).toMatch(/\nStopped\. Everything is closed\.\n$/);
    expect(readdirSync(run.temporary)).toEqual([]);
  });

  it("serves the page on one address, away from a hostile environment, until it is stopped", async () => {
    const run = start();
    await told(run, "Press Ctrl-C to stop.");
    const [address = "", ...others] = run.out().match(/https?:\/\/\S+/g) ?? [];
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(others).toEqual([]);
    expect(run.out()).toContain("It reads neither .env nor any SLACK_*, META_* or\nWHATSAPP_* variable.");
    expect(run.out()).toContain("Open this address in a browser.");
    const page = await fetch(address);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("wa-token playground")]);
    expect(await firstStart(address)).toEqual({ shown: true });
    run.child.kill("SIGINT");
    expect(await run.ended).toBe(0);
    expect(run.out() + run.err()).not.toMatch(/hostile/i);
    expect(readdirSync(run.cwd)).toEqual([".env"]);
    expect(readdirSync(run.temporary)).toEqual([]);
  });

  it("says which port is taken, and what to do", async () => {
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const run = start(["--port", String(port)]);
    expect(await run.ended).toBe(1);
    expect(run.err()).toMatch(new RegExp(`^The demo failed: port ${port} is in use; choose another .*\\n$`));
    expect(readdirSync(run.temporary)).toEqual([]);
  });

  it("ends without an error when the reader closes the output", async () => {
    const run = start(["--terminal"]);
    run.child.stdout?.once("data", () => run.child.stdout?.destroy());
    expect(await run.ended).toBe(0);
    expect(run.err()).toBe("");
    expect(readdirSync(run.temporary)).toEqual([]);
  });

  it("refuses a flag it does not know, in one sentence", async () => {
    const run = start(["--prot"]);
    expect(await run.ended).toBe(2);
    expect(run.out()).toBe("");
    expect(run.err()).toMatch(/^The demo does not know --prot\. .*\n$/);
  });

  it("is stopped when it sends a request to another machine", async () => {
    const leave = 'await fetch("http://192.0.2.1/").catch((error) => { throw error.cause ?? error; });';
    const child = spawn(process.execPath, ["--import", HOOK, "--input-type=module", "-e", leave], { stdio: "pipe" });
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    expect(await once(child, "close")).toEqual([1, null]);
    expect(err).toContain("left the machine for 192.0.2.1");
  });
});
