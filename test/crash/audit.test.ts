import { describe, expect, it } from "vitest";
import { audit } from "./audit.ts";
import { type Evidence, mostInOneChannel } from "./findings.ts";
import type { Taken } from "./ledger.ts";
import type { Stored, StoredAlert, StoredWord } from "./stored-rows.ts";

const AT = new Date("2026-11-22T08:00:00Z");
const OPENED = `Alert open since <!date^${AT.getTime() / 1_000}^`;
const FIRST = `🔴 *shop0: permission missing*\nIt lacks flip0.\n${OPENED}`;
const WORSE = "*shop0* got worse: degraded. It lacks flip1.";
const FIXED = "*shop0*: fixed. The token works again.";
const OVER = "✅ *shop0: fixed*\nThe token works again.";

const later = (seconds: number): Date => new Date(AT.getTime() + seconds * 1_000);

const aMessage = (fields: Partial<Taken> = {}): Taken => ({
  bot: 0,
  kind: "post",
  at: later(1),
  channel: "C1",
  ts: "1.1",
  threadTs: undefined,
  text: FIRST,
  values: ["a1"],
  unanswered: false,
  ...fields,
});

const aReply = (fields: Partial<Taken> = {}): Taken =>
  aMessage({ at: later(3), ts: "1.2", threadTs: "1.1", text: WORSE, values: [], ...fields });

const anEdit = (text: string, fields: Partial<Taken> = {}): Taken => aMessage({ kind: "edit", text, ...fields });

const anAlert = (fields: Partial<StoredAlert> = {}): StoredAlert => ({
  id: "a1",
  watch: "shop0",
  openedAt: AT,
  resolved: false,
  ts: "1.1",
  group: null,
  joined: false,
  replies: [],
  ...fields,
});

const aWord = (reason: string, cause: string, seconds: number): StoredWord => ({
  alert: "a1",
  watch: "shop0",
  at: later(seconds),
  reason,
  cause,
});

const WORDS = [aWord("first", "It lacks flip0.", 0), aWord("worse", "It lacks flip1.", 2)];

const aStore = (alert: StoredAlert, fields: Partial<Stored> = {}): Stored => ({
  alerts: new Map([[alert.id, alert]]),
  groups: new Map(),
  notes: [],
  words: WORDS,
  owed: 0,
  checked: new Map(),
  ...fields,
});

const anEvidence = (taken: readonly Taken[], fields: Partial<Evidence> = {}): Evidence => ({
  taken,
  left: new Map([[0, aStore(anAlert())]]),
  last: aStore(anAlert()),
  ailments: ["flip0", "flip1"].map((name) => ({ watch: "shop0", isIn: (text) => text.includes(name) })),
  forgiven: ({ unanswered }) => unanswered,
  ...fields,
});

const FINE = { lost: [], repeats: [], strange: [] };

describe("the audit of an alert", () => {
  it("finds nothing when each change was reported once", () => {
    expect(audit(anEvidence([aMessage(), aReply()]))).toEqual({ ...FINE, words: 2, posts: 2 });
  });

  it("counts a post as a report of everything in it", () => {
    expect(audit(anEvidence([aMessage({ text: FIRST.replace("flip0", "flip1") })]))).toMatchObject(FINE);
  });

  it.each([
    ["an alert without a message", [], "it has no message"],
    ["a word that its thread lacks", [aMessage()], 'its thread lacks "worse"'],
    ["a word that went to another thread", [aMessage(), aReply({ threadTs: "9.9" })], 'its thread lacks "worse"'],
    ["a message that the store does not know", [aMessage({ ts: "1.0" })], "the store does not know its last message"],
    ["a message that says it is over", [aMessage(), aReply(), anEdit(OVER)], "its message still says: ✅"],
  ])("calls lost: %s", (_, taken, lost) => {
    expect(audit(anEvidence(taken)).lost).toContainEqual(expect.stringContaining(lost));
  });

  it("reports a fix as lost when the message does not show it", () => {
    const last = aStore(anAlert({ resolved: true }), { words: [...WORDS, aWord("recovered", "", 5)] });
    expect(audit(anEvidence([aMessage(), aReply()], { last })).lost).toEqual([
      expect.stringContaining("its message still says: 🔴"),
      expect.stringContaining('its thread lacks "recovered"'),
    ]);
    const told = [aMessage(), aReply(), anEdit(OVER), aReply({ ts: "1.3", text: FIXED })];
    expect(audit(anEvidence(told, { last })).lost).toEqual([]);
  });

  it("needs no reply about a return that was never announced, nor about the ends at that time", () => {
    const back = [...WORDS, aWord("recovered", "", 5), aWord("reopened", "It lacks flip1.", 6)];
    const taken = [aMessage(), aReply()];
    const lost = (words: readonly StoredWord[], resolved: boolean, more: readonly Taken[]): readonly string[] =>
      audit(anEvidence([...taken, ...more], { last: aStore(anAlert({ resolved }), { words }) })).lost;
    expect(lost(back, false, [])).toEqual([]);
    expect(lost([...back, aWord("recovered", "", 9)], true, [anEdit(OVER)])).toEqual([]);
    const lasting = [...back, aWord("lasts", "It lacks flip1.", 9)];
    expect(lost(lasting, false, [])).toEqual([expect.stringContaining('its thread lacks "lasts"')]);
    const told = aReply({
      ts: "1.3",
      text: "*shop0*: the problem came back and is still not fixed (degraded). It lacks flip1.",
    });
    expect(lost([...lasting, aWord("recovered", "", 12)], true, [told, anEdit(OVER)])).toEqual([
      expect.stringContaining('its thread lacks "recovered"'),
    ]);
  });

  it.each([
    ["a post, when the store knew it", { ts: "1.0" }, false],
    ["a post, when it did not", { ts: null }, true],
  ])("finds a repeated message: %s", (_, left, excused) => {
    const taken = [aMessage({ ts: "1.0" }), aMessage({ bot: 1 }), aReply({ bot: 1 })];
    const { lost, repeats } = audit(anEvidence(taken, { left: new Map([[0, aStore(anAlert(left))]]) }));
    expect({ lost, repeats }).toEqual({
      lost: [],
      repeats: [{ bot: 0, channel: "C1", ts: "1.0", text: FIRST, excused }],
    });
  });

  it.each([
    ["a reply that the store still owed", [{ reason: "worse", cause: "It lacks flip1." }], false, true],
    ["a reply that it did not owe", [], false, false],
    ["a reply of another ailment", [{ reason: "worse", cause: "It lacks flip0." }], false, false],
    ["a reply whose answer was lost", [], true, true],
  ])("finds a repeated reply: %s", (_, replies, unanswered, excused) => {
    const taken = [aMessage(), aReply({ unanswered }), aReply({ bot: 1, ts: "1.3" })];
    const { repeats } = audit(anEvidence(taken, { left: new Map([[0, aStore(anAlert({ replies }))]]) }));
    expect(repeats).toMatchObject([{ bot: 0, text: WORSE, excused }]);
  });

  it("does not excuse a repeat by a bot that worked on after the first message", () => {
    const other = aMessage({ ts: "7.1", text: "This bot was not running from <!date^5^", values: [] });
    const taken = [aMessage({ ts: "1.0" }), other, aMessage({ bot: 1 }), aReply({ bot: 1 })];
    const left = new Map([[0, aStore(anAlert({ ts: null }))]]);
    expect(audit(anEvidence(taken, { left })).repeats).toMatchObject([{ ts: "1.0", excused: false }]);
  });

  it("counts the repeats of one end in one channel", () => {
    const aRepeat = { bot: 0, channel: "C1", ts: "1.0", text: FIRST, excused: true };
    const elsewhere = [
      { ...aRepeat, channel: "C2" },
      { ...aRepeat, bot: 1 },
    ];
    expect(mostInOneChannel([])).toBe(0);
    expect(mostInOneChannel([aRepeat, ...elsewhere])).toBe(1);
    expect(mostInOneChannel([aRepeat, ...elsewhere, { ...aRepeat, ts: "1.1" }])).toBe(2);
  });

  it("reports a message that the store does not have as strange", () => {
    const stray = aMessage({ ts: "2.1", text: FIRST.replace("shop0", "shop7"), values: [] });
    expect(audit(anEvidence([aMessage(), aReply(), stray])).strange).toHaveLength(1);
  });
});

describe("the audit of a group", () => {
  const GROUP = "🔴 *5 tokens: degraded*\n• *shop0*";
  const inGroup = aStore(anAlert({ ts: null, group: "g1", joined: true }), { groups: new Map([["g1", "1.1"]]) });
  const post = aMessage({ text: GROUP, values: ["g1"], at: later(1) });
  const told = aReply({ text: "Got worse: *shop0*, *shop1* (2)." });
  const evidence = (taken: readonly Taken[], left: Stored = inGroup): Evidence =>
    anEvidence(taken, { last: inGroup, left: new Map([[0, left]]) });

  it("finds nothing when its post and its thread report each change once", () => {
    expect(audit(evidence([post, told]))).toMatchObject(FINE);
  });

  it("reports a change as lost when its thread lacks it or had it too early", () => {
    for (const taken of [[post], [post, { ...told, at: later(1.5) }]])
      expect(audit(evidence(taken)).lost).toEqual([expect.stringContaining('the thread of its group lacks "worse"')]);
  });

  it.each([
    ["owed", [{ reason: "worse", cause: "" }], true],
    ["not owed", [], false],
  ])("finds a repeated reply that was %s", (_, replies, excused) => {
    const then = aStore(anAlert({ ts: null, group: "g1", joined: true, replies }), { groups: inGroup.groups });
    expect(audit(evidence([post, told, { ...told, bot: 1, ts: "1.3" }], then)).repeats).toMatchObject([{ excused }]);
  });

  it("recognises the message of an ended group, which has no buttons, by an equal one", () => {
    const text = `✅ *Fixed: all 5 tokens work*\nOpen from <!date^${AT.getTime() / 1_000}^`;
    const over = aMessage({ text, values: [], at: later(1) });
    const lost = { ...over, ts: "1.0" };
    expect(audit(evidence([lost, { ...over, bot: 1 }, { ...told, bot: 1 }])).strange).toEqual([]);
    expect(audit(evidence([{ ...lost, text: "✅ *Fixed: all 9 tokens work*" }, over, told])).strange).toHaveLength(1);
  });

  it("counts an alert that had its own message before the store knew it", () => {
    const alone = aMessage({ ts: "1.0" });
    const then = aStore(anAlert({ ts: null }));
    expect(audit(evidence([alone, { ...post, bot: 1 }, { ...told, bot: 1 }], then)).repeats).toMatchObject([
      { text: FIRST, excused: true },
    ]);
  });
});

describe("the audit of an absence", () => {
  const away = aMessage({
    ts: "3.1",
    text: `This bot was not running from <!date^${later(10).getTime() / 1_000}^`,
    values: [],
  });
  const withNote = (told: boolean): Stored => aStore(anAlert(), { notes: [{ route: "C1", from: later(10), told }] });
  const rest = [aMessage(), aReply()];

  it("finds one that was never reported, and one that the store does not have", () => {
    expect(audit(anEvidence(rest, { last: withNote(true) })).lost).toHaveLength(1);
    expect(audit(anEvidence([...rest, away])).strange).toHaveLength(1);
    expect(audit(anEvidence([...rest, away], { last: withNote(true) }))).toMatchObject(FINE);
  });

  it.each([true, false])("finds one that was reported twice; in the store before: %s", (told) => {
    const left = new Map([[0, withNote(told)]]);
    const taken = [...rest, away, { ...away, bot: 1, ts: "3.2" }];
    expect(audit(anEvidence(taken, { last: withNote(true), left })).repeats).toMatchObject([{ excused: !told }]);
  });

  it("counts one message about two absences once", () => {
    const notes = [10, 11].map((seconds) => ({ route: "C1", from: later(seconds), told: true }));
    const last = aStore(anAlert(), { notes });
    const text = notes.map(({ from }) => `This bot was not running from <!date^${from.getTime() / 1_000}^`).join("\n");
    const taken = [...rest, { ...away, text }, { ...away, text, bot: 1, ts: "3.2" }];
    expect(audit(anEvidence(taken, { last })).repeats).toHaveLength(1);
  });
});
