import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/watch/alert.ts";
import { dueElsewhere, fallbackNotes, isFallbackDue, type Refusal } from "../../src/watch/fallback.ts";
import type { DeliveryClaim, DeliveryFailure, GroupClaim } from "../../src/watch/outbox.ts";
import { aCard, after, anAlert, NOW } from "../support/builders.ts";
import { aReply, away, gone, limited, refused } from "./delivery-world.ts";

const ref = { channel: "C1", ts: "1.0" };
const notice = aReply(2, { notice: true });
const plain = aReply(2);
const over = aReply(2, { reason: "recovered" });

const claim = (fields: Partial<DeliveryClaim> = {}, alert: Partial<Alert> = {}): DeliveryClaim => ({
  alert: anAlert({ revision: 2, ...alert }),
  ref,
  deliveredRevision: 1,
  repliedRevision: 1,
  failures: 1,
  fallbackRevision: 0,
  lease: "l",
  ...fields,
});
/** A posted group of one alert that was told, and this one. */
const groupClaim = (
  alert: Partial<Alert> = {},
  told: { readonly repliedRevision?: number; readonly fallbackRevision?: number } = {},
  fields: Partial<GroupClaim> = {},
): GroupClaim => ({
  group: { id: "g", cause: "revoked", channel: "C1", openedAt: NOW, spokeAt: NOW },
  members: [
    { alert: anAlert({ id: "old", revision: 2 }), deliveredRevision: 1, repliedRevision: 1, fallbackRevision: 0 },
    {
      alert: anAlert({ id: "new", revision: 2, ...alert }),
      deliveredRevision: 1,
      repliedRevision: 1,
      fallbackRevision: 0,
      ...told,
    },
  ],
  ref,
  failures: 1,
  lease: "l",
  ...fields,
});
const never = { repliedRevision: 0 };

describe("when what a channel refuses is told elsewhere", () => {
  it.each<[string, DeliveryClaim, DeliveryFailure, boolean]>([
    ["a first post refused for the first time may be taken yet", claim({ ref: null, failures: 0 }), refused, false],
    ["a first post refused again is due", claim({ ref: null }), refused, true],
    ["a first post that was told is not told again", claim({ ref: null, fallbackRevision: 1 }), refused, false],
    [
      "unless there is a word since",
      claim({ ref: null, repliedRevision: 0, fallbackRevision: 1 }, { replies: [notice] }),
      refused,
      true,
    ],
    ["a word that people must notice is due", claim({}, { replies: [notice] }), refused, true],
    ["the end of it is due", claim({}, { replies: [over] }), refused, true],
    ["a word for the thread only is not", claim({}, { replies: [plain] }), refused, false],
    ["an edit is not", claim(), refused, false],
    ["what the thread heard is not", claim({ repliedRevision: 2 }, { replies: [notice] }), refused, false],
    ["what was told elsewhere is not", claim({ fallbackRevision: 2 }, { replies: [notice] }), refused, false],
    ["Slack away is no refusal", claim({ ref: null }), away, false],
    ["a rate limit is no refusal", claim({ ref: null }), limited(1_000), false],
    ["a message gone is no refusal", claim({ ref: null }), gone, false],
  ])("%s", (_, owed, failure, due) => {
    expect(isFallbackDue(owed, failure)).toBe(due);
  });

  it.each<[string, GroupClaim, DeliveryFailure, readonly string[]]>([
    ["an alert of a group that joined is due", groupClaim({}, never), refused, ["new"]],
    ["at the first time it is not", groupClaim({}, never, { failures: 0 }), refused, []],
    ["once told it is not", groupClaim({}, { ...never, fallbackRevision: 2 }), refused, []],
    ["an alert that joined and is over is not", groupClaim({ resolvedAt: NOW }, never), refused, []],
    ["a word that people must notice is due", groupClaim({ replies: [notice] }), refused, ["new"]],
    ["the end of one is due", groupClaim({ replies: [over] }), refused, ["new"]],
    [
      "also of one that was told elsewhere",
      groupClaim({ replies: [over] }, { ...never, fallbackRevision: 1 }),
      refused,
      ["new"],
    ],
    ["a word that was told elsewhere is not", groupClaim({ replies: [over] }, { fallbackRevision: 2 }), refused, []],
    ["an edit is not", groupClaim({ replies: [plain] }), refused, []],
    ["Slack away is no refusal", groupClaim({}, never), away, []],
  ])("%s", (_, owed, failure, due) => {
    expect(dueElsewhere(owed, failure).map(({ id }) => id)).toEqual(due);
  });
});

describe("who hears of it", () => {
  const refusal = { channel: "C1", error: "is_archived", fallbackChannel: "C9", newId: () => "n1", now: NOW };
  const owned = (owner: string | undefined, fields: Partial<Alert> = {}): Alert =>
    anAlert({ id: `of ${owner}`, card: aCard({ owner }), ...fields });

  /** Each note as its routes and what it names. */
  const told = (due: readonly Alert[], all = due, fields: Partial<Refusal> = {}): readonly string[] =>
    fallbackNotes(due, all, { ...refusal, ...fields }).map(({ routes, body }) => {
      if (body.kind !== "refused_channel") throw new TypeError("a refusal was expected");
      return `${routes.join()}: ${[body.alert, ...body.others].map(({ id }) => id).join(", ")} +${body.more}`;
    });

  it.each<[string | undefined, string | undefined, readonly string[]]>([
    ["C9", "U1", ["C9,U1: of U1 +0"]],
    ["C9", undefined, ["C9: of undefined +0"]],
    [undefined, "U1", ["U1: of U1 +0"]],
    ["C1", "U1", ["U1: of U1 +0"]],
    [undefined, undefined, []],
    ["C1", undefined, []],
  ])("fallback channel %s, owner %s: %o", (fallbackChannel, owner, notes) => {
    expect(told([owned(owner)], [owned(owner)], { fallbackChannel })).toEqual(notes);
  });

  it("says which alert, which channel and why, as urgent as the alert", () => {
    const alert = owned("U1", { severity: "warning", replies: [notice] });
    expect(fallbackNotes([alert], [alert], refusal)).toEqual([
      {
        id: "n1",
        routes: ["C9", "U1"],
        severity: "warning",
        at: NOW,
        body: {
          kind: "refused_channel",
          alert: { ...alert, replies: [] },
          others: [],
          channel: "C1",
          error: "is_archived",
          more: 0,
        },
      },
    ]);
  });

  it("of a group each owner hears of theirs, the worst first, with a count of those that wait with them", () => {
    const due = [
      owned("U1", { id: "over", severity: "critical", resolvedAt: NOW }),
      owned("U1", { id: "mild", severity: "warning", openedAt: after(-9) }),
      owned("U1", { id: "new", severity: "critical", openedAt: after(-1) }),
      owned("U1", { id: "old", severity: "critical", openedAt: after(-2) }),
      owned("U2"),
      owned(undefined),
    ];
    const waiting = [owned("U1", { id: "w" }), owned("U1", { id: "x", resolvedAt: NOW }), owned("U3")];
    const each = ["C9,U1: old, new, mild, over +1", "C9,U2: of U2 +0", "C9: of undefined +0"];
    expect(told(due, [...due, ...waiting])).toEqual(each);
  });

  it("of those that are over none waits with them", () => {
    const over1 = owned("U1", { id: "a", resolvedAt: NOW });
    expect(told([over1], [over1, owned("U1", { id: "b" })])).toEqual(["C9,U1: a +0"]);
  });

  it("of very many some are named and all counted", () => {
    const many = Array.from({ length: 45 }, (_, index) => owned("U1", { id: `a${index}` }));
    expect(told(many)[0]).toMatch(/a39 \+5$/);
  });

  it("of no alert says nothing", () => {
    expect(told([], [owned("U1")])).toEqual([]);
  });
});
