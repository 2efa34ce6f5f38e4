import { describe, expect, it } from "vitest";
import type { Alert, Reply } from "../../src/alert/alert.ts";
import { type Home, owe, type Standing } from "../../src/outbox/owe.ts";
import { causeOf } from "../../src/alert/cause.ts";
import { aCard, aFinding, after, aVerdict, NOW } from "../support/builders.ts";
import { aRevoked, aWord } from "./a-delivery.ts";

const a = aRevoked("a", { revision: 2 });
const cause = causeOf(a) ?? "";
const over: Partial<Alert> = { resolvedAt: NOW, resolution: "recovered" };
const moved: Partial<Alert> = { card: aCard({ name: "a", channel: "C2" }) };
const otherCause: Partial<Alert> = { verdict: aVerdict({ findings: [aFinding("scope_missing")] }) };

const own: Home = { id: "m", kind: "alert", cause: null, route: "C1", isPosted: true };
const group: Home = { ...own, id: "g", kind: "group", cause };
const unposted = (home: Home): Home => ({ ...home, isPosted: false });
const standing = (home: Home | null, mentions: readonly string[] = [], fields: Partial<Alert> = {}): Standing => ({
  before: { revision: 1, resolvedAt: null, ...fields },
  home,
  mentions,
});

const worse = aWord({ reason: "worse", notice: true });
const answer = aWord({ reason: "acknowledged", by: "U1" });
const end = aWord({ reason: "recovered" });

/** "m a/2/content 1" for each row: message (or -), id, priority; then "leaves". */
const told = (before: Standing, alert: Alert, words: readonly Reply[]): readonly string[] => {
  const { rows, leaves } = owe(before, alert, words, NOW);
  return [
    ...rows.map(({ message, id, priority }) => `${message ?? "-"} ${id} ${priority}`),
    ...(leaves ? ["leaves"] : []),
  ];
};

describe("the rows that a change of an alert owes", () => {
  it.each<[string, Standing, Alert, readonly Reply[], readonly string[]]>([
    ["a new alert has no home yet", { before: null, home: null, mentions: [] }, aRevoked("a"), [], ["- a/1/joined 1"]],
    ["an unchanged alert owes nothing", standing(own, ["e"]), { ...a, revision: 1 }, [], []],
    ["an edit without a reply", standing(own), a, [], ["m a/2/content 1"]],
    ["a reply also edits the message", standing(own), a, [worse], ["m a/2/content 1", "m a/2/worse 1"]],
    [
      "a warning has a lower priority",
      standing(own),
      { ...a, severity: "warning" },
      [worse],
      ["m a/2/content 2", "m a/2/worse 2"],
    ],
    [
      "a person's answer comes first, with the edit that shows it",
      standing(own),
      a,
      [answer],
      ["m a/2/content 0", "m a/2/acknowledged 0"],
    ],
    ["without a home, only the reply", standing(null), a, [worse], ["- a/2/worse 1"]],
    ["reopened: its message is edited", standing(own, [], over), a, [], ["m a/2/content 1"]],
    ["reopened without a home: it is new again", standing(null, [], over), a, [], ["- a/2/joined 1"]],
    [
      "lists get answers",
      standing(own, ["e"]),
      a,
      [answer],
      ["m a/2/content 0", "m a/2/acknowledged 0", "e e/a/2/content 0", "e e/a/2/acknowledged 0"],
    ],
    [
      "lists get ends",
      standing(own, ["e"]),
      { ...a, ...over },
      [end],
      ["m a/2/content 1", "m a/2/recovered 1", "e e/a/2/content 1", "e e/a/2/recovered 1"],
    ],
    [
      "lists show other changes by an edit",
      standing(own, ["e", "f"]),
      a,
      [worse],
      ["m a/2/content 1", "m a/2/worse 1", "e e/a/2/content 1", "f f/a/2/content 1"],
    ],
    ["it stays in a group with its cause", standing(group), a, [worse], ["g a/2/content 1", "g a/2/worse 1"]],
    [
      "it leaves with another cause, and its new message says the rest",
      standing(group),
      { ...a, ...otherCause },
      [worse],
      ["g a/2/content 1", "g a/2/left 1", "- a/2/joined 1", "leaves"],
    ],
    [
      "it stays when resolved, whatever its cause is",
      standing(group),
      { ...a, ...otherCause, ...over },
      [end],
      ["g a/2/content 1", "g a/2/recovered 1"],
    ],
    [
      "it leaves when its channel changed before it was posted",
      standing(unposted(own)),
      { ...a, ...moved },
      [],
      ["- a/2/joined 1", "leaves"],
    ],
    ["its posted message stays when its channel changes", standing(own), { ...a, ...moved }, [], ["m a/2/content 1"]],
    [
      "it leaves an unposted group when its channel changes",
      standing(unposted(group)),
      { ...a, ...moved },
      [],
      ["g a/2/content 2", "g a/2/left 2", "- a/2/joined 1", "leaves"],
    ],
  ])("%s", (_, before, alert, words, expected) => {
    expect(told(before, alert, words)).toEqual(expected);
  });

  it("owes each reply of one change at once, except a reminder, which waits for others", () => {
    const { rows } = owe(
      standing(own),
      a,
      [worse, aWord({ reason: "escalated" }), aWord({ reason: "reminder", at: NOW })],
      NOW,
    );
    expect(rows.slice(1).map(({ what, at }) => [what, at])).toEqual([
      ["worse", NOW],
      ["escalated", NOW],
      ["reminder", after(60_000)],
    ]);
  });

  it("has the cause of the group that keeps it, or else its own", () => {
    const ended = { ...group, cause: `ends 2026-11-22 app 100000000000042` };
    expect(owe(standing(group), a, [], NOW).cause).toBe(cause);
    expect(owe(standing(own), a, [], NOW).cause).toBe(cause);
    expect(owe(standing(ended), { ...a, ...over }, [], NOW).cause).toBe(ended.cause);
    expect(owe(standing(group), { ...a, ...otherCause }, [], NOW).cause).toBe(causeOf({ ...a, ...otherCause }));
  });
});
