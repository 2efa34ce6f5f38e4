import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { readDocument, ROOT } from "./markdown.ts";
import { applyPatch, copyOf } from "./patch.ts";

const run = promisify(execFile);

const [, patch = ""] =
  /<!-- a new kind of message -->\n+```diff\n([\s\S]*?)```/.exec(readDocument("CONTRIBUTING.md")) ?? [];

/** Sends a message through the real outbox and notifier. Slack refuses the first try. Prints the visible results. */
const PROGRAM = `
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { WebClient } from "@slack/web-api";
import { pino } from "pino";
import { createNotifier } from "./src/slack/messages/alert/notifier.ts";
import { slackText } from "./src/slack/kit/spans.ts";
import { troubleLines } from "./src/slack/status/troubles.ts";
import { createLeaseOwner } from "./src/store/lease-owners.ts";
import { migrate } from "./src/store/migrations.ts";
import { sqliteStoreDialect } from "./src/store/sqlite/open-sqlite.ts";
import type { Schema } from "./src/store/tables/schema.ts";
import { createSqliteDialect } from "./src/store/sqlite/dialect.ts";
import { createWatchStore } from "./src/store/watch-store.ts";
import { deliver } from "./src/outbox/deliver.ts";
import type { NewMessage } from "./src/outbox/message.ts";
import { createRests } from "./src/outbox/rests.ts";

let now = new Date("2026-11-22T08:00:00Z");
const database = new DatabaseSync(":memory:");
const dialect = sqliteStoreDialect(":memory:");
const db = new Kysely<Schema>({ dialect: createSqliteDialect(database) });
await migrate(db, dialect);
const store = createWatchStore(db, dialect, undefined, createLeaseOwner(db, dialect, true));

const posts: (string | null)[] = [];
const client = new WebClient("xoxb-sandbox", {
  fetch: async (_url, init) => {
    posts.push(new URLSearchParams(String(init?.body)).get("text"));
    const refused = { ok: false, error: "is_archived" };
    return Response.json(posts.length === 1 ? refused : { ok: true, channel: "C1", ts: "1700000000.000100" });
  },
  retryConfig: { retries: 0 },
});
const log = pino({ enabled: false });
const pass = () =>
  deliver({
    store,
    notifier: createNotifier({ client, links: () => undefined, timezone: "UTC", log }),
    rests: createRests(() => 0),
    now: () => now,
    wait: async () => undefined,
    quietUntil: () => null,
    paceMs: 0,
    repeatCriticalMs: 14_400_000,
    fallbackChannel: undefined,
    newId: () => crypto.randomUUID(),
    log,
  });

const message: NewMessage = {
  id: "release-1",
  kind: "release",
  routes: ["C1"],
  body: { kind: "release", version: "1.4.0", at: new Date("2027-01-21T08:00:00Z") },
  alerts: [],
  severity: "warning",
  at: now,
};
await store.advanceDeadline("release", null, { at: now, spec: "" }, [message]);
await pass();
const trouble = troubleLines({ undelivered: await store.undelivered(), refused: [], held: { count: 0, watches: [] }, quietUntil: null, paces: [] }, {
  channels: 9,
  names: 99,
}).map(slackText);
now = new Date("2026-11-22T09:00:00Z");
await pass();
console.log(JSON.stringify({ posts, trouble, owed: await store.undelivered() }));
`;

describe("a new kind of message, as CONTRIBUTING adds it", () => {
  it("compiles, and the bot sends, retries and reports it without other changes", { timeout: 180_000 }, async () => {
    const copy = mkdtempSync(join(tmpdir(), "wa-token-kind-"));
    onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
    copyOf(ROOT, ["src", "package.json"], copy);
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    applyPatch(patch, copy);
    writeFileSync(join(copy, "send.ts"), PROGRAM);
    writeFileSync(
      join(copy, "tsconfig.json"),
      JSON.stringify({ extends: join(ROOT, "tsconfig.json"), include: ["src", "send.ts"], exclude: [] }),
    );

    // The patch changes no library, and several checkers would check the shared types several times.
    const checks = ["-p", copy, "--skipLibCheck", "--checkers", "1"];
    await run(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), ...checks], { cwd: copy });
    const { stdout } = await run(process.execPath, ["send.ts"], { cwd: copy });
    const said = expect.stringMatching(
      /^New version: \*1\.4\.0\*, released <!date\^\d+\^.*\|21 Jan 2027, 08:00 UTC>\.$/,
    );
    expect(JSON.parse(stdout)).toEqual({
      posts: [said, said],
      trouble: [expect.stringMatching(/Not delivered.*Waiting: a note about a new version$/)],
      owed: [],
    });
  });
});
