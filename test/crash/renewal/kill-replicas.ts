import { setTimeout as sleep } from "node:timers/promises";
import { leaksIn, withDerived } from "../../flows/people/leaks.ts";
import type { Aim } from "./aims.ts";
import { APP_SECRET, type Database, isByHand, openReplicas, type Replicas } from "./replicas.ts";

/** One line of the table: what a kill left, and what the other replica made of it. */
export interface ReplicaRow {
  readonly aim: Aim;
  /** What was killed. */
  readonly program: "bot" | "renew";
  /** After the kill: the token in the place, and its files. */
  readonly place: string;
  /** What the other replica made of the renewal. */
  readonly outcome: string;
  /** What must not be; empty when all is well. */
  readonly wrong: readonly string[];
}

/**
 * Kills one of two programs on one PostgreSQL at the aimed moment, and audits what the other one does. A kill that did
 * not happen is a wrong row, too.
 */
export async function killReplica(aim: Aim, database: Database, compileCache: string): Promise<ReplicaRow> {
  try {
    await using replicas = await openReplicas(aim, database, compileCache);
    return await audited(aim, database, replicas);
  } catch (error) {
    return { aim, program: programOf(aim), place: "", outcome: "", wrong: [String(error)] };
  }
}

/** The table of a run, for people. */
export function replicaTable(rows: readonly ReplicaRow[]): string {
  const lines = rows.map(({ aim, program, place, outcome, wrong }) => [
    aim.step,
    aim.at,
    program,
    place,
    outcome,
    wrong.length === 0 ? "ok" : wrong.join("; "),
  ]);
  const all = [["step", "killed when", "killed", "place", "outcome by the other replica", ""], ...lines];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A dead replica counts as dead after 6 s, and a renewal without a step after 10 s. */
const TAKEN_OVER_WITHIN_MS = 45_000;

interface Body {
  readonly outcome: string | null;
  readonly steps: readonly { readonly step: string; readonly state: string }[];
}

async function audited(aim: Aim, { sql }: Database, replicas: Replicas): Promise<ReplicaRow> {
  const { world, old, place, files } = replicas;
  const { graph } = world;
  const wrong: string[] = [];
  const must = (holds: boolean, sentence: string): void => void (holds || wrong.push(sentence));
  const isAlive = (token: string): boolean => graph.state.tokens.get(token)?.standing.kind === "alive";
  const exchanges = (): number => graph.calls(/oauth\/access_token/).length;
  const renewals = async (): Promise<readonly Body[]> =>
    (await sql<{ body: string }>("select body from renewals order by started_at")).map(
      ({ body }) => JSON.parse(body) as Body,
    );
  const isByPerson = aim.step === "end_old";

  await replicas.kill();
  const left = place();
  const leftFiles = files();
  const exchanged = exchanges();
  must((left === old ? "old" : "new") === aim.left, `the place holds ${left === old ? "the old" : "another"} token`);
  must(isAlive(left), "the token in the place is dead");

  const expected = expectedEnd(aim);
  const diedMs = Date.now();
  let said = "";
  while (said !== expected && Date.now() - diedMs < TAKEN_OVER_WITHIN_MS) {
    await sleep(200);
    said = saidBy((await renewals()).at(0));
    if (aim.ends === "interrupted") said = said.split(" ")[0] ?? said;
  }
  must(said === expected, `the other replica left ${said}, not ${expected}`);
  const seconds = Math.round((Date.now() - diedMs) / 1_000);
  const outcome = `${saidBy((await renewals()).at(0))} after ${seconds} s`;
  if (isByPerson && aim.over !== true) must((await replicas.endOld()) === 0, "renew --end-old did not end it");

  const all = await renewals();
  must(all.length === 1, `there are ${all.length} renewals`);
  must(exchanges() === exchanged && exchanged <= 1, `${exchanged} exchanges, and then ${exchanges()}`);
  must(place() === left, "the place changed after the kill");
  must(isAlive(left), "the token in the place is dead at the end");
  must(isAlive(old) !== isByPerson, `the old token is ${isAlive(old) ? "alive" : "dead"}`);
  // "Skipped": Meta had revoked the old token before the kill.
  if (isByPerson) must(/^done end_old (?:done|skipped)$/.test(saidBy(all.at(0))), `it ended as ${saidBy(all.at(0))}`);
  const temporary = files().filter((name) => name !== "token" && name !== "token.previous");
  must(temporary.length === 0, `these files are left: ${temporary.join(", ")}`);
  const places = await replicas.seen();
  for (const token of new Set([old, left])) wrong.push(...leaksIn(withDerived(token, APP_SECRET), places));
  const name = left === old ? "old" : "new";
  return {
    aim,
    program: programOf(aim),
    place: leftFiles.includes("token.previous") ? `${name}, .previous` : name,
    outcome: isByPerson && aim.over !== true ? `${outcome}, ${saidBy(all.at(0))} by renew` : outcome,
    wrong,
  };
}

function programOf(aim: Aim): ReplicaRow["program"] {
  return isByHand(aim) ? "renew" : "bot";
}

/** What the renewal says as soon as the other replica has done its part. */
function expectedEnd({ ends, over, step }: Aim): string {
  if (ends === "interrupted") return "interrupted";
  if (over === true) return "done end_old done";
  return step === "in_use" || step === "end_old" ? "open in_use done" : "open in_use not_proven";
}

function saidBy(renewal: Body | undefined): string {
  const last = renewal?.steps.at(-1);
  return `${renewal?.outcome ?? "open"} ${last?.step ?? "no step"} ${last?.state ?? ""}`.trim();
}
