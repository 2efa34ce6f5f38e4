import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { openWorld, type World } from "../../../sandbox/world.ts";
import { saidToSlack } from "../../flows/people/leaks.ts";
import { MAIN } from "../../cli/child.ts";
import { type Bot, startBot } from "../bot.ts";
import type { Aim } from "./aims.ts";
import { openGate } from "./gate.ts";
import { writeScripts } from "./scripts.ts";

export const APP_SECRET = "8c05e7b1f2a94d36";

/** An empty PostgreSQL database. */
export interface Database {
  readonly url: string;
  readonly sql: <R extends Readonly<Record<string, unknown>>>(text: string) => Promise<readonly R[]>;
}

/** Programs on one PostgreSQL database. One of them is to be killed in a renewal. */
export interface Replicas extends AsyncDisposable {
  readonly world: World;
  readonly old: string;
  readonly place: () => string;
  /** The files of the place. */
  readonly files: () => readonly string[];
  /**
   * Begins a renewal, and resolves when the aimed program is dead. Two bots refresh unattended. A pasted token, and the
   * end of the old one, need a person: then `renew` is killed beside one bot. Throws when nothing was killed.
   */
  readonly kill: () => Promise<void>;
  /** Runs `renew --end-old` to its end. Returns its exit code. */
  readonly endOld: () => Promise<number | null>;
  /** Stops the bots. Then gives every output, message and row. */
  readonly seen: () => Promise<Readonly<Record<string, string>>>;
}

/** True when a person begins this renewal in a terminal. */
export function isByHand({ step, given }: Aim): boolean {
  return given === true || step === "end_old";
}

/** @param compileCache folder in which Node keeps compiled code between starts */
export async function openReplicas(aim: Aim, { url, sql }: Database, compileCache: string): Promise<Replicas> {
  await using opening = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), "wa-token-replicas-"));
  opening.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const folder = join(dataDir, "tokens");
  const path = join(folder, "token");
  const { sink, proof, arm } = writeScripts(dataDir, path, aim);
  const world = await openWorld({
    mode: "socket",
    start: new Date(),
    appSecret: APP_SECRET,
    dataDir,
    env: {
      DATABASE_URL: url,
      WHATSAPP_TOKEN_SOURCE: `file:${path}`,
      OPS_PORT: "0",
      SCHEDULE: "* * * * * *",
      CHECK_INTERVAL: "1s",
      RENEW_WRITE: aim.sink === true ? `exec:["${sink}"]` : "source",
      ...(!isByHand(aim) && { RENEW_BEFORE: "20d" }),
      ...(aim.step === "in_use" && { RENEW_PROOF: `exec:["${proof}"]` }),
    },
  });
  opening.defer(world.close);
  const { graph, tokens } = world;
  const file = world.tokenFile("token");
  const old = tokens.sixtyDay;
  const pasted = graph.issueToken({ label: "pasted" });
  const known = new Set(graph.state.tokens.keys());
  if (aim.given === true) known.delete(pasted);
  const place = (): string => readFileSync(path, "utf8").trim();
  // A token without an end, so that no bot refreshes it before the kill is aimed.
  file.write(isByHand(aim) ? old : tokens.never);
  const killAt = aim.by.kind === "file" ? { KILL_AT: aim.by.killAt } : {};
  let printed = "";

  /** The address of Graph for one program, which dies at the aimed request of its own renewal. */
  const gateFor = async (die: () => void): Promise<string> => {
    const gate = await openGate(graph.url);
    opening.defer(gate.close);
    const { by, given, left } = aim;
    if (by.kind !== "request") return gate.url;
    let renews = given === true || aim.step === "end_old";
    gate.aim(
      (request) => {
        renews ||= request.includes("oauth/access_token");
        const isAbout = by.about === "old" || [...graph.state.tokens.keys()].some(isNewIn(request, known));
        return renews && by.path.test(request) && isAbout && (left === "old" || place() !== old);
      },
      by.moment,
      die,
    );
    return gate.url;
  };

  const bots: Bot[] = [];
  const start = async (aimed: boolean): Promise<void> => {
    let bot: Bot | undefined;
    const GRAPH_API_URL = aimed ? await gateFor(() => bot?.kill("SIGKILL")) : graph.url;
    const env = { ...world.env, GRAPH_API_URL, ...(aimed && killAt), NODE_OPTIONS: `--import=${KILL_HERE}` };
    bot = startBot({ env, dataDir }, { aheadMs: 0, compileCache });
    const { kill, ended } = bot;
    opening.defer(async () => {
      kill("SIGKILL");
      await ended;
    });
    bots.push(bot);
    if (!(await bot.says("wa-token runs", READY_WITHIN_MS))) throw new Error(`It did not start: ${bot.output()}`);
  };
  await Promise.all(isByHand(aim) ? [start(false)] : [start(true), start(true)]);

  let pid = 0;
  const aimedUrl = isByHand(aim) ? await gateFor(() => process.kill(pid, "SIGKILL")) : graph.url;

  const renew = async (aimed: boolean): Promise<number | null> => {
    const argv = ["renew", "--watch", "default", "--confirm-in-use", "--end-old"];
    const isGiven = aimed && aim.given === true;
    const more = aimed ? { ...killAt, GRAPH_API_URL: aimedUrl } : {};
    const child = spawn(process.execPath, ["--import", KILL_HERE, MAIN, ...argv, ...(isGiven ? ["--stdin"] : [])], {
      cwd: dataDir,
      env: { ...world.env, PATH: process.env["PATH"] ?? "", NODE_COMPILE_CACHE: compileCache, ...more },
      stdio: "pipe",
      timeout: READY_WITHIN_MS,
    });
    pid = child.pid ?? 0;
    child.stdin.on("error", () => {});
    child.stdin.end(isGiven ? pasted : "");
    const [out, err, closed] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    printed += out + err;
    return (closed as [number | null])[0];
  };

  const opened = opening.move();
  return {
    world,
    old,
    place,
    files: () =>
      readdirSync(folder)
        .filter((name) => name !== "deployed")
        .toSorted(),
    async kill() {
      if (aim.by.kind === "command") arm();
      if (!isByHand(aim)) file.write(old);
      // A person confirms the use of a token that an earlier run saved.
      if (aim.step === "end_old") await renew(false);
      const waited = AbortSignal.timeout(READY_WITHIN_MS);
      const code = isByHand(aim)
        ? await renew(true)
        : await Promise.race([...bots.map(async ({ ended }) => ended), once(waited, "abort").then(() => "none")]);
      if (code !== null)
        throw new Error(`Nothing was killed (${code}): ${printed}${bots.map((bot) => bot.output()).join("")}`);
    },
    endOld: () => renew(false),
    async seen() {
      for (const bot of bots) bot.kill("SIGTERM");
      await Promise.all(bots.map(({ ended }) => ended));
      const rows: unknown[] = [];
      for (const table of TABLES) rows.push(await sql(`select * from ${table}`));
      return {
        database: JSON.stringify(rows),
        logs: printed + bots.map((bot) => bot.output()).join(""),
        slack: saidToSlack(world.slack),
      };
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

const READY_WITHIN_MS = 60_000;
const KILL_HERE = fileURLToPath(new URL("kill-here.ts", import.meta.url));
const TABLES = ["watches", "alerts", "messages", "owed", "history", "renewals"];

function isNewIn(request: string, known: ReadonlySet<string>): (token: string) => boolean {
  return (token) => !known.has(token) && request.includes(token);
}
