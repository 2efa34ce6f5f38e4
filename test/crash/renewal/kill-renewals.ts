import { leaksIn, withDerived } from "../../flows/people/leaks.ts";
import type { Aim } from "./aims.ts";
import { APP_SECRET, type House, openHouse, type StoredRenewal } from "./house.ts";

/** One line of the table: what a kill left, and what the next start made of it. */
export interface Row {
  readonly aim: Aim;
  /** After the kill: the token in the place, and that in `.previous`. */
  readonly left: string;
  /** The end of the killed renewal, and its last step. */
  readonly killed: string;
  /** After the next start. */
  readonly next: string;
  /** What must not be; empty when all is well. */
  readonly wrong: readonly string[];
}

/** Kills one renewal at the aimed moment, starts again, and audits place, database, output and Meta. */
export async function killRenewal(aim: Aim, compileCache: string): Promise<Row> {
  const house = await openHouse(aim, compileCache);
  try {
    return await audited(aim, house);
  } finally {
    await house.close();
  }
}

/** The table of a run, for people. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ aim, left, killed, next, wrong }) => [
    aim.step,
    aim.at,
    left,
    killed,
    next,
    wrong.length === 0 ? "ok" : wrong.join("; "),
  ]);
  const all = [["step", "killed when", "left", "killed renewal", "after the next start", ""], ...lines];
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

/** The claims of a dead program, and a renewal without a step, are free after this time. */
const FREE_MS = 11_000;

const OVER = { code: 0, output: "" } as const;

async function audited(aim: Aim, house: House): Promise<Row> {
  const { graph, old } = house;
  const wrong: string[] = [];
  const must = (holds: boolean, sentence: string): void => void (holds || wrong.push(sentence));
  const isAlive = (token: string): boolean => graph.state.tokens.get(token)?.standing.kind === "alive";
  const nameOf = (token: string | null): string =>
    token === null ? "none" : token === old ? "old" : graph.state.tokens.has(token) ? "new" : "garbage";
  const exchanges = (): number => graph.calls(/oauth\/access_token/).length;

  const killed = await house.kill(aim);
  must(killed.code === null, `it was not killed: exit code ${killed.code}, ${killed.output}`);
  const left = house.place();
  const kept = house.previous();
  must(nameOf(left) === aim.left, `the place holds the ${nameOf(left)} token`);
  must(isAlive(left), "the token in the place is dead");
  must(kept === null || kept === old, `.previous holds the ${nameOf(kept)} token`);
  const exchanged = exchanges();

  const again = aim.over === true ? OVER : await house.again(FREE_MS);
  const [first, second, ...more] = house.renewals();
  const now = house.place();
  // Without a copy of the old token, nobody can end it here.
  must(again.code === (aim.sink === true ? 1 : 0), `the next start ended with ${again.code}: ${again.output}`);
  must(isAlive(now), "the token in the place is dead after the next start");
  must(nameOf(now) === "new", `the place holds the ${nameOf(now)} token after the next start`);
  must(first?.outcome === aim.ends, `the killed renewal ended as ${first?.outcome}`);
  must(more.length === 0 && house.renewals().every(({ endedAt }) => endedAt !== null), "a renewal is open or doubled");
  if (aim.ends === "done") {
    must(second === undefined, "a second renewal began");
    must(now === left, "the place was written twice");
    must(exchanges() === exchanged, "a second exchange was made");
  } else {
    must(second?.outcome === "done", `the second renewal ended as ${second?.outcome}`);
    must(exchanges() === exchanged + 1, `${exchanges() - exchanged} exchanges after the kill`);
  }
  must(isAlive(old) === (aim.sink === true), "the old token has the wrong state");
  // A copy of a dead token may stay for a week.
  const files = house.files().filter((name) => aim.over !== true || name !== "token.previous");
  must(files.join() === "token", `these files are left: ${files.join(", ")}`);
  for (const token of [old, ...graph.state.tokens.keys()].filter((known) => [old, now, left].includes(known)))
    wrong.push(
      ...leaksIn(withDerived(token, APP_SECRET), { [`the output or database (${nameOf(token)})`]: house.seen() }),
    );
  return {
    aim,
    left: `${nameOf(left)}, .previous ${nameOf(kept)}`,
    killed: endOf(first),
    next: `${aim.over === true ? "over" : second === undefined ? "same renewal" : "new renewal"}, old ${isAlive(old) ? "alive" : "ended"}`,
    wrong,
  };
}

function endOf(renewal: StoredRenewal | undefined): string {
  const last = renewal?.steps.at(-1);
  return `${renewal?.outcome ?? "none"} (${last?.step ?? "no step"} ${last?.state ?? ""}: ${last?.kind ?? ""})`;
}
