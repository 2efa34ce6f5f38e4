import { describe, expect, it } from "vitest";
import type { GroupCandidate } from "../../src/watch/group.ts";
import { planGroups } from "../../src/watch/plan-groups.ts";

const candidate = (id: string, fields: Partial<GroupCandidate> = {}): GroupCandidate => ({
  id,
  cause: "revoked",
  channel: "C1",
  settled: false,
  group: null,
  ...fields,
});
const many = (count: number, fields: Partial<GroupCandidate> = {}, name = "a"): readonly GroupCandidate[] =>
  Array.from({ length: count }, (_, i) => candidate(`${name}${i + 1}`, fields));
const posted = { settled: true } as const;
const member = { settled: true, group: "g0" } as const;

const plan = (open: readonly GroupCandidate[]): readonly string[] => {
  let ids = 0;
  const groups = planGroups(() => `new${++ids}`)(open);
  return groups.map(({ group, cause, channel, alerts }) => `${group} ${cause} ${channel}: ${alerts.join(" ")}`);
};

describe("which alerts one message shows", () => {
  it.each<[string, readonly GroupCandidate[], readonly string[]]>([
    ["nothing", [], []],
    ["four of one cause stay alone", many(4), []],
    ["five of one cause make a group", many(5), ["new1 revoked C1: a1 a2 a3 a4 a5"]],
    [
      "those with a message of their own count, and keep it",
      [...many(3, posted, "b"), ...many(2)],
      ["new1 revoked C1: a1 a2"],
    ],
    ["one that comes alone gets a message of its own, which says more", [...many(5, posted, "b"), ...many(1)], []],
    ["but not when ever more come one after the other", [...many(6, posted, "b"), ...many(1)], ["new1 revoked C1: a1"]],
    ["five that all have a message stay as they are", many(5, posted), []],
    ["one more joins an open group", [...many(1, member, "b"), ...many(1)], ["g0 revoked C1: a1"]],
    ["a group that nobody joins stays as it is", many(7, member), []],
    ["other channels are no part of it", [...many(4), ...many(4, { channel: "C2" }, "b")], []],
    ["other causes are no part of it", [...many(4), ...many(4, { cause: "misconfigured" }, "b")], []],
    [
      "each cause and channel has a group of its own",
      [...many(5), ...many(5, { channel: "C2" }, "b"), ...many(5, { cause: "misconfigured" }, "c")],
      ["new1 revoked C1: a1 a2 a3 a4 a5", "new2 revoked C2: b1 b2 b3 b4 b5", "new3 misconfigured C1: c1 c2 c3 c4 c5"],
    ],
  ])("%s", (_, open, expected) => {
    expect(plan(open)).toEqual(expected);
  });
});
