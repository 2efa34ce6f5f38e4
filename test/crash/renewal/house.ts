import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { type GraphStandIn, openGraph } from "../../../sandbox/graph/graph.ts";
import { demoIds, seedDemoTokens } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import { MAIN } from "../../cli/child.ts";
import type { Aim } from "./aims.ts";
import { type Gate, openGate } from "./gate.ts";
import { writeScripts } from "./scripts.ts";

export const APP_SECRET = "4d1f7c0a93be5528";

/** One renewal as the database has it. */
export interface StoredRenewal {
  readonly endedAt: string | null;
  readonly outcome: string | null;
  readonly steps: readonly { readonly step: string; readonly state: string; readonly kind: string }[];
}

interface Ran {
  /** Null: killed. */
  readonly code: number | null;
  readonly output: string;
}

/** A place with a token, its Graph and a database, for one killed renewal. */
export interface House {
  readonly graph: GraphStandIn;
  readonly old: string;
  readonly place: () => string;
  readonly previous: () => string | null;
  /** The files in the folder of the place. */
  readonly files: () => readonly string[];
  readonly renewals: () => readonly StoredRenewal[];
  /** Starts `renew` and kills it at the aimed moment. */
  readonly kill: (aim: Aim) => Promise<Ran>;
  /**
   * Continues so much later, until the old token is ended or nothing can end it. After an interrupted renewal, the first
   * start reports it, the second saves a new token, and the third is a person's word that it is in use.
   */
  readonly again: (laterMs: number) => Promise<Ran>;
  /** Everything that was printed, and every byte of the database. */
  readonly seen: () => string;
  readonly close: () => Promise<void>;
}

/** @param compileCache folder in which Node keeps compiled code between starts */
export async function openHouse(aim: Aim, compileCache: string): Promise<House> {
  await using opening = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), "wa-token-renewal-"));
  opening.defer(() => rmSync(folder, { recursive: true, force: true }));
  const [secrets, data] = [join(folder, "secrets"), join(folder, "data")];
  for (const path of [secrets, data]) mkdirSync(path);
  const token = join(secrets, "token");
  const graph = await openGraph({ clock: { now: () => new Date() }, appId: APP_ID, appSecret: APP_SECRET });
  opening.defer(graph.close);
  const old = seedDemoTokens(graph).sixtyDay;
  const pasted = graph.issueToken({ label: "pasted" });
  writeFileSync(token, `${old}\n`, { mode: 0o600 });
  const gate: Gate = await openGate(graph.url);
  opening.defer(gate.close);

  const { sink, proof, arm } = writeScripts(folder, token, aim);
  const env = {
    PATH: process.env["PATH"] ?? "",
    NODE_COMPILE_CACHE: compileCache,
    GRAPH_API_URL: gate.url,
    META_APP_ID: APP_ID,
    META_APP_SECRET: APP_SECRET,
    DATABASE_URL: `sqlite:${join(data, "bot.db")}`,
    WHATSAPP_TOKEN_SOURCE: `file:${token}`,
    WHATSAPP_PHONE_NUMBER_ID: demoIds.phone,
    WHATSAPP_BUSINESS_ACCOUNT_ID: demoIds.account,
    RENEW_WRITE: aim.sink === true ? `exec:["${sink}"]` : "source",
    ...(aim.step === "in_use" && { RENEW_PROOF: `exec:["${proof}"]` }),
  };
  let printed = "";
  let pid = 0;

  const run = async (more: Readonly<Record<string, string>>, laterMs: number, isGiven: boolean): Promise<Ran> => {
    const argv = ["renew", "--watch", "default", "--confirm-in-use", "--end-old", ...(isGiven ? ["--stdin"] : [])];
    const child = spawn(process.execPath, ["--import", CLOCK, "--import", KILL_HERE, MAIN, ...argv], {
      cwd: folder,
      env: { ...env, CLOCK_SHIFT_MS: String(laterMs), ...more },
      stdio: "pipe",
      timeout: 60_000,
    });
    pid = child.pid ?? 0;
    child.stdin.on("error", () => {});
    child.stdin.end(isGiven ? pasted : "");
    const [out, err, closed] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    printed += out + err;
    const [code] = closed as [number | null];
    return { code, output: out + err };
  };

  const place = (): string => readFileSync(token, "utf8").trim();
  const files = (): readonly string[] => readdirSync(secrets).toSorted();
  const rows = (): readonly StoredRenewal[] => {
    using database = new DatabaseSync(join(data, "bot.db"));
    return database.prepare("select ended_at, body from renewals order by started_at").all().map(storedOf);
  };
  const opened = opening.move();
  return {
    graph,
    old,
    place,
    previous: () => (files().includes("token.previous") ? readFileSync(`${token}.previous`, "utf8").trim() : null),
    files,
    renewals: rows,
    kill: async ({ by, left, given, step }) => {
      // A person confirms the use of a token that an earlier run saved.
      if (step === "end_old") await run({}, 0, false);
      if (by.kind === "command") arm();
      if (by.kind === "request") {
        const isAbout = (request: string): boolean =>
          by.about === "old" ||
          [...graph.state.tokens.keys()].some((known) => known !== old && request.includes(known));
        gate.aim(
          (request) => by.path.test(request) && isAbout(request) && (left === "old" || place() !== old),
          by.moment,
          () => process.kill(pid, "SIGKILL"),
        );
      }
      return run(by.kind === "file" ? { KILL_AT: by.killAt } : {}, 0, given === true);
    },
    again: async (laterMs) => {
      for (let left = aim.ends === "interrupted" ? 2 : 0; left > 0; left--) {
        const { code, output } = await run({}, laterMs, false);
        if (code !== 1) throw new Error(`It ended with ${code}: ${output}`);
      }
      return run({}, laterMs, false);
    },
    seen: () =>
      printed +
      readdirSync(data)
        .map((name) => readFileSync(join(data, name), "latin1"))
        .join(""),
    close: () => opened.disposeAsync(),
  };
}

const APP_ID = "100000000000042";

const KILL_HERE = fileURLToPath(new URL("kill-here.ts", import.meta.url));
const CLOCK = fileURLToPath(new URL("../../support/shifted-clock.ts", import.meta.url));

function storedOf(row: Readonly<Record<string, unknown>>): StoredRenewal {
  const { outcome, steps } = JSON.parse(String(row["body"])) as {
    readonly outcome: string | null;
    readonly steps: readonly {
      readonly step: string;
      readonly state: string;
      readonly detail: { readonly kind: string };
    }[];
  };
  const endedAt = row["ended_at"];
  return {
    endedAt: typeof endedAt === "string" ? endedAt : null,
    outcome,
    steps: steps.map(({ step, state, detail }) => ({ step, state, kind: detail.kind })),
  };
}
