import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
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

/** What a newcomer must have seen, in this order. */
const MILESTONES = [
  "It reads neither .env nor any SLACK_*,",
  "━━ A revoked token that never expires ━━",
  "How soon does the bot report it?",
  "⏱ Tuesday, November 24, 2026, 08:00 UTC",
  "The token works, so the bot posts\nnothing.",
  "▸ Robin types /wa-token status orders-prod",
  "#general  wa-token  08:00 UTC  only you see this",
  "orders-prod · ✅ Healthy: works and never expires",
  "Phone number 100000000002001: reached",
  "⏱ Tuesday, November 24, 2026, 09:00 UTC",
  "#wa-alerts  wa-token  09:00 UTC",
  "🔴 orders-prod: token revoked",
  "checkout and crm cannot send WhatsApp messages. @robin",
  "1. Press Renew…, or ask an admin to do it.",
  "▌ red",
  "[ Check now ]",
  "▸ Robin presses [ Acknowledge ]",
  "(edited)",
  "⋯ ",
  "↳ thread",
  "Taken by @robin: orders-prod.",
  "▸ Robin presses [ Check now ]",
  "✅ orders-prod: fixed",
  "The token was replaced.",
  "▌ green",
  "The same message now says that the problem is fixed",
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
  it("plays a story next to a hostile environment, and leaves nothing behind", async () => {
    const run = start(["--terminal", "--story", "revoked"]);
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

  it("ends without an error when the reader closes the output", async () => {
    const run = start(["--terminal"]);
    run.child.stdout?.once("data", () => run.child.stdout?.destroy());
    expect(await run.ended).toBe(0);
    expect(run.err()).toBe("");
    expect(readdirSync(run.temporary)).toEqual([]);
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
