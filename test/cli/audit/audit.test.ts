import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditJson } from "../../../src/cli/audit/audit-json.ts";
import { printAudit } from "../../../src/cli/audit/print-audit.ts";
import type { AuditEntry, RenewalEntry } from "../../../src/renewal/audit.ts";
import { openSqliteStore } from "../../../src/store/sqlite/open-sqlite.ts";
import type { AuditQuery, StoredAudit } from "../../../src/store/stored-audit.ts";
import { cli, createMemoryIo, type Outcome, type Setting } from "../memory-io.ts";
import { anEntry } from "../../slack/support/history.ts";
import { NOW } from "../../support/builders.ts";
import { NEW_WATCH } from "../../../src/alert/alert.ts";
import { saveRound } from "../../support/save-round.ts";

const ENV = { WHATSAPP_TOKEN_SOURCE: "env:A" };
const robin = { kind: "slack", user: "U0ROBIN" } as const;

const renewal = (event: RenewalEntry["event"], by: RenewalEntry["by"] = robin): RenewalEntry => ({
  kind: "renewal",
  at: NOW,
  by,
  watch: "orders-prod",
  renewal: "renewal-1",
  event,
});

const result = { step: "write", state: "done", detail: { kind: "saved" }, at: NOW, by: robin } as const;

const check: AuditEntry = {
  kind: "private_check",
  at: NOW,
  by: robin,
  watch: null,
  fingerprint: "0123456789ab",
  state: "revoked",
};

const refused: AuditEntry = { kind: "refused", at: NOW, by: robin, watch: "orders-prod", attempt: "end_old" };

/** Prints from a store that answers this. */
const printed = async (
  stored: StoredAudit,
  options: Partial<Parameters<typeof printAudit>[0]> = {},
  setting: Setting = {},
): Promise<Outcome & { readonly query: AuditQuery | undefined }> => {
  const { io, out, err } = createMemoryIo({ env: ENV, now: () => NOW, ...setting });
  let query: AuditQuery | undefined;
  const code = await printAudit({ since: "30d", ...options }, io, (_database, _cwd, asked) => {
    query = asked;
    return Promise.resolve(stored);
  });
  return { code, out: out(), err: err(), query };
};

const there = (...entries: readonly AuditEntry[]): StoredAudit => ({ kind: "there", entries });

describe("audit", () => {
  it("prints one line per entry, in the order of the store", async () => {
    const { code, out, err } = await printed(
      there(refused, check, renewal({ kind: "step", result }), {
        kind: "alert",
        entry: anEntry({ reason: "acknowledged", by: "U0BEN" }),
      }),
    );
    expect([code, err]).toEqual([0, ""]);
    expect(out).toBe(`2026-11-22 08:00 UTC · orders-prod · Refused: end the old token · by U0ROBIN
2026-11-22 08:00 UTC · Private check of a pasted token: Revoked, fingerprint 0123456789ab · by U0ROBIN
2026-11-22 08:00 UTC · orders-prod · Renewal, save the new token: done · by U0ROBIN
2026-11-22 08:00 UTC · orders-prod · Acknowledged by U0BEN. The token lacks a permission.
`);
  });

  it("asks the store for the watch, and for the last 30 days unless --since says more", async () => {
    const entries = there(refused);
    expect((await printed(entries)).query).toMatchObject({ since: new Date("2026-10-23T08:00:00Z"), watch: undefined });
    expect((await printed(entries, { since: "12h", watch: " `orders-prod` " })).query).toMatchObject({
      since: new Date("2026-11-21T20:00:00Z"),
      watch: "orders-prod",
    });
  });

  it("says that nothing happened, and prints nothing with --json", async () => {
    expect(await printed(there())).toMatchObject({ code: 0, out: "The audit has no entry in this time.\n", err: "" });
    expect(await printed(there(), { json: true })).toMatchObject({ code: 0, out: "", err: "" });
  });

  it("prints the entries of a watch that left the watchlist, and refuses a name without entries", async () => {
    expect((await printed(there(refused), { watch: "orders-prod" })).code).toBe(0);
    await expect(printed(there(), { watch: "defualt" })).rejects.toThrow(
      'There is no watch named "defualt". Did you mean default? The watches are: default.',
    );
    expect((await printed(there(), { watch: "default" })).code).toBe(0);
  });

  it("says that it left entries out", async () => {
    const { out, err } = await printed(there(...Array.from({ length: 10_001 }, () => check)), { json: true });
    expect(out.split("\n")).toHaveLength(10_001);
    expect(err).toMatch(/^Only the newest 10000 entries are printed\. Use --watch or a shorter --since\./);
  });

  it("keeps foreign text on its line and without control characters", async () => {
    const entry = anEntry({
      watch: "a\u001b[31m\u202eb",
      reason: "snoozed",
      by: "U0BEN",
      remark: "first\nsecond\u001b[2J",
    });
    const { out } = await printed(there({ kind: "alert", entry }));
    expect(out.trimEnd().split("\n")).toHaveLength(1);
    expect(out.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });

  it.each<[StoredAudit["kind"] & ("missing" | "outdated"), RegExp]>([
    ["missing", /^There is no store yet/],
    ["outdated", /^The store is empty or of an earlier version/],
  ])("exits 3 without data (%s)", async (kind, said) => {
    const { code, out, err } = await printed({ kind });
    expect([code, out]).toEqual([3, ""]);
    expect(err).toMatch(said);
  });
});

describe("audit --json", () => {
  const empty = {
    watch: null,
    state: null,
    fingerprint: null,
    alert: null,
    renewal: null,
    step: null,
    result: null,
    detail: null,
  };
  const at = "2026-11-22T08:00:00.000Z";

  it.each<[AuditEntry, Record<string, unknown>]>([
    [
      { kind: "alert", entry: anEntry() },
      { kind: "alert", event: "first", watch: "orders-prod", by: "bot", state: "degraded", alert: "alert-1" },
    ],
    [
      { kind: "alert", entry: anEntry({ reason: "acknowledged", by: "U0BEN", alert: null }) },
      { kind: "alert", event: "acknowledged", watch: "orders-prod", by: "U0BEN", state: "degraded" },
    ],
    [check, { kind: "private_check", event: "checked", by: "U0ROBIN", state: "revoked", fingerprint: "0123456789ab" }],
    [
      { ...check, fingerprint: "" },
      { kind: "private_check", event: "checked", by: "U0ROBIN", state: "revoked" },
    ],
    [refused, { kind: "refused", event: "end_old", watch: "orders-prod", by: "U0ROBIN" }],
    [
      renewal({ kind: "started" }, { kind: "terminal" }),
      { kind: "renewal", event: "started", watch: "orders-prod", by: "terminal", renewal: "renewal-1" },
    ],
    [
      renewal({ kind: "waits_a_day" }, { kind: "bot" }),
      { kind: "renewal", event: "waits_a_day", watch: "orders-prod", by: "bot", renewal: "renewal-1" },
    ],
    [
      renewal({ kind: "step", result }),
      {
        kind: "renewal",
        event: "step",
        watch: "orders-prod",
        by: "U0ROBIN",
        renewal: "renewal-1",
        step: "write",
        result: "done",
        detail: "The new token is saved.",
      },
    ],
    [
      renewal({ kind: "ended", outcome: "put_back", step: null }),
      {
        kind: "renewal",
        event: "ended",
        watch: "orders-prod",
        by: "U0ROBIN",
        renewal: "renewal-1",
        result: "put_back",
      },
    ],
  ])("has every key for each kind (%#)", async (entry, values) => {
    expect(auditJson(entry)).toEqual({
      ...empty,
      at,
      ...values,
      text: expect.stringContaining("2026-11-22") as unknown,
    });
    const { out } = await printed(there(entry), { json: true });
    expect(JSON.parse(out)).toEqual(auditJson(entry));
    expect(out.match(/\n/g)).toHaveLength(1);
  });
});

describe("wa-token audit", () => {
  let folder = "";
  const run = (...argv: readonly string[]): Promise<Outcome> =>
    cli(["audit", ...argv], { env: { ...ENV, DATABASE_URL: "sqlite:wa-token.db" }, cwd: folder, now: () => NOW });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "wa-token-audit-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    [["--since", "soon"], /^--since cannot use "soon"\. Give a time with its unit, for example 12h or 30d\.\n$/],
    [["--since", "30"], /Did you mean 30d\?/],
    [["--since", "401d"], /The bot keeps 400 days, so the longest time is 400d\./],
    [["--since"], /^--since needs a value/],
    [["--sicne", "1d"], /There is no option --sicne for audit\. Did you mean --since\?/],
    [["now"], /audit takes no further argument/],
  ])("refuses %j with exit code 2", async (argv, said) => {
    const { code, out, err } = await run(...argv);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(said);
  });

  it("reads the store without changing it, and creates none", async () => {
    expect(await run()).toMatchObject({ code: 3, out: "" });
    expect(await run("--watch", "defualt")).toMatchObject({ code: 2, out: "" });
    expect(await readdir(folder)).toEqual([]);
    const file = join(folder, "wa-token.db");
    const store = await openSqliteStore({ path: file, exclusive: false });
    await store.sync([{ name: "orders-prod", definition: "d" }], NOW);
    const [claim] = await store.claimDue({
      names: ["orders-prod"],
      now: NOW,
      leaseMs: 60_000,
      limit: 1,
      which: "all",
      roundStartedAt: NOW,
    });
    if (claim === undefined) throw new Error("the watch is due");
    const old = anEntry({ at: new Date("2026-01-01T00:00:00Z"), reason: "recovered" });
    const rest = { checkedAt: NOW, nextDueAt: NOW, replies: [], messages: [] };
    await saveRound(store, claim, { state: NEW_WATCH, history: [old, anEntry()], ...rest });
    await store.close();
    const before = await readFile(file);
    const { code, out, err } = await run("--watch", "orders-prod");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toBe(
      "2026-11-22 08:00 UTC · orders-prod · New problem: Healthy → Degraded. The token lacks a permission.\n",
    );
    expect((await run("--since", "400d", "--json")).out.trimEnd().split("\n")).toHaveLength(2);
    expect(await readFile(file)).toEqual(before);
  });
});
