import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import file from "../fixtures/field-cases.json" with { type: "json" };
import { CLOCK, type LocalGraph, startGraph } from "./local-graph.ts";

const Answer = z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.unknown() });

const FieldCase = z.object({
  id: z.string(),
  setup: z.object({
    env: z.record(z.string(), z.string()),
    args: z.array(z.string()),
    files: z.record(z.string(), z.object({ text: z.string(), encoding: z.literal("utf8") })),
    graph: z.record(z.string(), z.array(Answer)),
  }),
  expected: z.object({
    state: z.string(),
    findings: z.array(z.string()).optional(),
    failure: z.string().optional(),
    exit: z.number(),
  }),
});
export type FieldCase = z.infer<typeof FieldCase>;

/** Situations from public bug reports that one `check` answers. The `watch-` cases need rounds and are run elsewhere. */
export const FIELD_CASES: readonly FieldCase[] = z
  .array(FieldCase)
  .parse(file.cases.filter(({ id }) => !id.startsWith("watch-")));

/** A value that is no token, or cannot be read, is never sent to Meta. */
export const mayAsk = ({ expected }: FieldCase): boolean =>
  expected.findings?.includes("not_a_token") !== true && expected.failure !== "unreadable";

export interface FieldRun extends AsyncDisposable {
  readonly graph: LocalGraph;
  readonly token: string;
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

/** Starts the Graph of one case, writes its files and fills in the values that are known only at run time. */
export const startFieldCase = async ({ id, setup }: FieldCase): Promise<FieldRun> => {
  const token = tokenOf(id);
  const folder = await mkdtemp(join(tmpdir(), "field-case-"));
  const inFolder = (text: string): string => fill(text, token).replaceAll("{{DIR}}", folder);
  const answers = z.record(z.string(), z.array(Answer)).parse(fillAll(setup.graph, token));
  const asked = new Map<string, number>();
  const graph = await startGraph(({ path, query }) => {
    const bare = path.replace(/^\/v\d+\.\d+/, "");
    const withFields = `${bare}?fields`;
    const key = query.has("fields") && answers[withFields] !== undefined ? withFields : bare;
    const turn = asked.get(key) ?? 0;
    asked.set(key, turn + 1);
    return answers[key]?.[Math.min(turn, answers[key].length - 1)] ?? NO_SUCH_OBJECT;
  });
  await Promise.all(
    Object.entries(setup.files).map(([name, { text, encoding }]) =>
      writeFile(join(folder, name), inFolder(text), encoding),
    ),
  );
  const env = Object.entries(setup.env).map(([name, text]) => [name, inFolder(text).replaceAll("{{BASE}}", graph.url)]);
  return {
    graph,
    token,
    env: Object.fromEntries(env) as Readonly<Record<string, string>>,
    args: setup.args.map(inFolder),
    [Symbol.asyncDispose]: async () => {
      await graph[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
};

const NO_SUCH_OBJECT = { status: 400, headers: {}, body: { error: { code: 100, error_subcode: 33, message: "no" } } };

/** Joins the parts of a token, because nothing in the repository may look like a token. */
function tokenOf(id: string): string {
  const digest = createHash("sha256").update(id).digest("hex");
  return `EAA${digest.repeat(3)}ZDZD`;
}

function fill(text: string, token: string): string {
  return text
    .replaceAll("{{TOKEN}}", token)
    .replaceAll("{{B64TOKEN}}", Buffer.from(token).toString("base64"))
    .replaceAll(/\{\{NOW([+-]\d+)\}\}/g, (_match, seconds: string) => String(epochSeconds(Number(seconds))));
}

const epochSeconds = (later: number): number => Math.floor(CLOCK.getTime() / 1_000) + later;

/** Times are texts in the fixtures and numbers in an answer. */
function fillAll(value: unknown, token: string): unknown {
  return JSON.parse(JSON.stringify(value), (_key, text: unknown) => {
    if (typeof text !== "string") return text;
    const filled = fill(text, token);
    return /^\{\{NOW[+-]\d+\}\}$/.test(text) ? Number(filled) : filled;
  }) as unknown;
}
