import { afterAll, beforeAll, expect, it } from "vitest";
import { warmUp } from "../campaign.ts";
import { say } from "../say.ts";
import { AIMS, type Aim } from "./aims.ts";
import { killRenewal, type Row, tableOf } from "./kill-renewals.ts";

/** Many starts of a real process take minutes on a slow machine. */
const LONG = { timeout: 600_000 };

/** `npm run soak` kills at every moment. */
const SAMPLE: readonly string[] = [
  "Meta made the token, answer lost",
  ".previous there, place not yet renamed",
  "directly after the rename",
  "Meta revoked, answer lost",
];

let compiled: Awaited<ReturnType<typeof warmUp>>;
beforeAll(async () => {
  compiled = await warmUp();
});
afterAll(() => compiled.remove());

it(
  "a renewal that is killed leaves the old or the new token in its place, and the next start ends it",
  LONG,
  async () => {
    const aims: readonly Aim[] =
      process.env["KILL_ALL"] === undefined ? AIMS.filter(({ at }) => SAMPLE.includes(at)) : AIMS;
    const rows: Row[] = [];
    for (const aim of aims) rows.push(await killRenewal(aim, compiled.compileCache));
    say(tableOf(rows));
    expect(rows.filter(({ wrong }) => wrong.length > 0).map(({ aim, wrong }) => [aim.at, wrong])).toEqual([]);
  },
);
