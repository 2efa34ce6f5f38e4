import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, describe, it, onTestFinished } from "vitest";
import { z } from "zod";
import file from "../../fixtures/field-cases.json" with { type: "json" };
import { startGraph } from "../../graph/local-graph.ts";
import { alertsSeen, ask, aWorld, type Flow, MINUTE, withPeople, wordsOf } from "../flow.ts";
import { later, theAlert } from "../watched.ts";

const Answer = z.object({ status: z.number(), body: z.unknown() });
const Round = z.record(z.string(), Answer);
const Case = z.object({
  id: z.string(),
  setup: z.object({ file: z.string(), steps: z.array(Round), noFields: Round.nullable() }),
});
type Case = z.infer<typeof Case>;

const CASES: readonly Case[] = file.cases.filter(({ id }) => id.startsWith("watch-")).map((each) => Case.parse(each));

const caseNamed = (id: string): Case => {
  const found = CASES.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no field case ${id}`);
  return found;
};

/** Made at run time, as the cases say: nothing in the repository looks like a token. */
const tokenOf = (id: string): string => `EAA${createHash("sha256").update(id).digest("hex").repeat(3)}ZDZD`;

const ANYTHING_ELSE = {
  status: 400,
  body: { error: { message: "Unsupported get request.", type: "GraphMethodException", code: 100, error_subcode: 33 } },
};

/** The case's times, reckoned from now. */
const timed = (body: unknown, now: Date): unknown =>
  JSON.parse(
    JSON.stringify(body).replaceAll(/"\{\{NOW([+-]\d+)\}\}"/g, (_, seconds: string) =>
      String(Math.floor(now.getTime() / 1_000) + Number(seconds)),
    ),
  );

/** The bot at its rounds over a Graph that plays the case: each round has answers of its own, the last ones repeat. */
const playing = async ({ id, setup }: Case) => {
  let round = 0;
  const began = new Date("2026-11-22T08:00:00Z");
  const graph = await startGraph(({ path, query }) => {
    const asked = path.replace(/^\/v[\d.]+/, "");
    const answers = setup.steps[Math.min(round, setup.steps.length - 1)] ?? {};
    const found = (query.has("fields") ? undefined : setup.noFields?.[asked]) ?? answers[asked] ?? ANYTHING_ELSE;
    return { status: found.status, body: timed(found.body, began) };
  });
  onTestFinished(() => graph[Symbol.asyncDispose]());
  const folder = mkdtempSync(join(tmpdir(), "wa-token-field-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "app.env");
  writeFileSync(path, setup.file.replace("{{TOKEN}}", tokenOf(id)));
  const world = await aWorld({
    start: began,
    env: { GRAPH_API_URL: graph.url, WHATSAPP_TOKEN_SOURCE: `dotenv:${path}#WHATSAPP_ACCESS_TOKEN` },
  });
  const flow = withPeople(world, await world.startBot());
  const next = async (): Promise<void> => {
    round++;
    await later(flow, 20 * MINUTE);
  };
  return { flow, next };
};

/** All that the alert's message says, in its text and in its blocks. */
const saidIn = (flow: Flow): string => {
  const alert = theAlert(flow);
  return [alert.text, wordsOf(alert.blocks), wordsOf(alert.attachments)].join("\n");
};

it("every case of the rounds is played here", () => {
  expect(CASES.map(({ id }) => id)).toEqual(["watch-a-2fa-reads", "watch-c-blocked-debug"]);
});

describe("ids that a two-factor rule keeps from being read", () => {
  it("lead to a warning after UNKNOWN_AFTER, with the reason; the token is alive", async () => {
    const { flow, next } = await playing(caseNamed("watch-a-2fa-reads"));
    for (let tries = 0; tries < 3; tries++) await next();
    expect(alertsSeen(flow)).toEqual([]);
    const early = await ask(flow, flow.robin, "status");
    expect(early.text).toContain("Alive, not fully checked");
    expect(early.text).toMatch(/Not read: phone number 100000000002001 \(.*two.factor/i);
    await next();
    const said = saidIn(flow);
    expect(theAlert(flow).text).toMatch(/^🟠 \*default: alive, not fully checked\*\nThe token works\./);
    expect(said).toMatch(/Phone number 100000000002001 has not been checked since .*two.factor/i);
    expect(said).toMatch(/WhatsApp account 100000000001001 has not been checked since .*two.factor/i);
    expect(said).not.toMatch(/dead|revoked|expired|invalid|healthy|<@/i);
  });
});

describe("an app that Meta blocks", () => {
  it("is reported at the second try, as critical, without advice to generate or assign anything", async () => {
    const { flow, next } = await playing(caseNamed("watch-c-blocked-debug"));
    await next();
    expect(alertsSeen(flow)).toEqual([]);
    await next();
    const said = saidIn(flow);
    expect(theAlert(flow).text).toMatch(/^🔴 \*default: app blocked by Meta\*\n[^]*: Meta has blocked the app/);
    expect(said).not.toMatch(/nothing is known to be wrong|\bassign|\bgenerate/i);
    await next();
    expect(saidIn(flow)).toBe(said);
  });
});
