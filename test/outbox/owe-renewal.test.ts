import { describe, expect, it } from "vitest";
import { oweRenewal } from "../../src/outbox/owe-renewal.ts";
import type { AuditEntry } from "../../src/renewal/audit.ts";
import type { Actor } from "../../src/renewal/renewal.ts";
import { aLine, aRenewal, aStep, aStepLine, ended, minutes, NOON, stepped } from "../store/contract/states.ts";

const BOT = { kind: "bot" } as const;
const PERSON = { kind: "slack", user: "U1" } as const;
const TERMINAL = { kind: "terminal" } as const;

const step = (by: Actor): AuditEntry => aStepLine(aStep({ by }));
const day = aLine({ by: BOT, at: minutes(2), event: { kind: "waits_a_day" } });
const end = (by: Actor): AuditEntry =>
  aLine({ by, at: minutes(3), event: { kind: "ended", outcome: "timed_out", step: "in_use" } });
const check = {
  kind: "private_check",
  at: NOON,
  by: PERSON,
  watch: "orders",
  fingerprint: "f",
  state: "healthy",
} as const;

describe("the owed rows of a renewal's change", () => {
  it("post its message at the start, without a reply", () => {
    expect(oweRenewal(aRenewal(), [aLine()], "joined")).toEqual([
      {
        id: "renewal-1/1/joined",
        message: "renewal-1",
        alert: null,
        revision: 1,
        what: "joined",
        priority: 0,
        at: NOON,
        notice: false,
        reply: null,
        entry: null,
        toldElsewhere: false,
      },
    ]);
  });

  it("edit its message later, with one reply for each entry in order, and a notice only for the wait of a day", () => {
    const rows = oweRenewal(aRenewal({ revision: 2 }), [step(PERSON), day, end(PERSON)], "content");
    expect(rows.map(({ id, what, notice, at }) => [id, what, notice, at])).toEqual([
      ["renewal-1/2/content", "content", false, minutes(3)],
      ["renewal-1/2/line-00", "renewal", false, minutes(1)],
      ["renewal-1/2/line-01", "renewal", true, minutes(2)],
      ["renewal-1/2/line-02", "renewal", false, minutes(3)],
    ]);
    expect(rows.flatMap(({ entry }) => entry ?? [])).toEqual([step(PERSON), day, end(PERSON)]);
  });

  it("have no reply for entries of other kinds or of another renewal", () => {
    const entries = [check, aStepLine(aStep(), { renewal: "renewal-2" })];
    expect(oweRenewal(aRenewal(), entries, "content").map(({ what }) => what)).toEqual(["content"]);
  });

  it("are due at a time that the renewal knows, also without an entry", () => {
    const at = (renewal: ReturnType<typeof aRenewal>) => oweRenewal(renewal, [], "content").map((row) => row.at);
    expect(at(aRenewal())).toEqual([NOON]);
    expect(at(stepped(aRenewal()))).toEqual([minutes(1)]);
    expect(at(ended(stepped(aRenewal())))).toEqual([minutes(10)]);
  });

  it("are the same for a repeated save, and others for another revision", () => {
    const ids = (revision: number) => oweRenewal(aRenewal({ revision }), [step(PERSON)], "content").map(({ id }) => id);
    expect(ids(2)).toEqual(ids(2));
    expect(new Set([...ids(2), ...ids(3)]).size).toBe(4);
  });

  it.each<[string, Actor, AuditEntry, number]>([
    ["a step that a person took", BOT, step(PERSON), 0],
    ["a step that a person in a terminal took", BOT, step(TERMINAL), 0],
    ["a step of the bot that a person waits for", PERSON, step(BOT), 0],
    ["a step of a refresh that the bot started", BOT, step(BOT), 2],
    ["the wait of a day", PERSON, day, 2],
    ["an end after seven days", PERSON, end(BOT), 2],
    ["an end by a person", BOT, end(PERSON), 0],
  ])("are first when a person acts or waits: %s", (_what, startedBy, entry, priority) => {
    const rows = oweRenewal(aRenewal({ startedBy }), [entry], "content");
    expect(rows.map((row) => row.priority)).toEqual([priority, priority]);
  });

  it("edit the message first when one of several entries is a person's action", () => {
    const rows = oweRenewal(aRenewal({ startedBy: BOT }), [day, end(PERSON)], "content");
    expect(rows.map((row) => row.priority)).toEqual([0, 2, 0]);
  });
});
