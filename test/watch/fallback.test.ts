import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/watch/alert.ts";
import { fallbackNote, isFallbackDue, isGroupFallbackDue } from "../../src/watch/fallback.ts";
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
const groupClaim = (fields: Partial<GroupClaim> = {}, alert: Partial<Alert> = {}, repliedRevision = 1): GroupClaim => ({
  group: { id: "g", cause: "revoked", channel: "C1", openedAt: NOW, spokeAt: NOW },
  members: [{ alert: anAlert({ revision: 2, ...alert }), deliveredRevision: 1, repliedRevision }],
  ref,
  failures: 1,
  toldElsewhere: false,
  lease: "l",
  ...fields,
});

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

  it.each<[string, GroupClaim, DeliveryFailure, boolean]>([
    ["a group's first post refused again is due", groupClaim({ ref: null }), refused, true],
    ["at the first time it is not", groupClaim({ ref: null, failures: 0 }), refused, false],
    ["once told it is not", groupClaim({ ref: null, toldElsewhere: true }), refused, false],
    ["an alert that joins is due", groupClaim({}, {}, 0), refused, true],
    ["an alert that joined and is over is not", groupClaim({}, { resolvedAt: NOW }, 0), refused, false],
    ["a word that people must notice is due", groupClaim({}, { replies: [notice] }), refused, true],
    ["the end of one is due", groupClaim({}, { replies: [over] }), refused, true],
    ["an edit is not", groupClaim({}, { replies: [plain] }), refused, false],
    ["Slack away is no refusal", groupClaim({ ref: null }), away, false],
  ])("%s", (_, owed, failure, due) => {
    expect(isGroupFallbackDue(owed, failure)).toBe(due);
  });
});

describe("who hears of it", () => {
  const refusal = { channel: "C1", error: "is_archived", fallbackChannel: "C9", newId: () => "n1", now: NOW };
  const owned = (owner: string | undefined, fields: Partial<Alert> = {}): Alert =>
    anAlert({ id: `of ${owner}`, card: aCard({ owner }), ...fields });

  it.each<[string | undefined, string | undefined, readonly string[] | undefined]>([
    ["C9", "U1", ["C9", "U1"]],
    ["C9", undefined, ["C9"]],
    [undefined, "U1", ["U1"]],
    ["C1", "U1", ["U1"]],
    [undefined, undefined, undefined],
    ["C1", undefined, undefined],
  ])("fallback channel %s, owner %s: %o", (fallbackChannel, owner, routes) => {
    expect(fallbackNote([owned(owner)], { ...refusal, fallbackChannel })?.routes).toEqual(routes);
  });

  it("says which alert, which channel and why, as urgent as the alert", () => {
    const alert = owned("U1", { severity: "warning", replies: [notice] });
    expect(fallbackNote([alert], refusal)).toEqual({
      id: "n1",
      routes: ["C9", "U1"],
      severity: "warning",
      at: NOW,
      body: {
        kind: "refused_channel",
        alert: { ...alert, replies: [] },
        channel: "C1",
        error: "is_archived",
        more: 0,
      },
    });
  });

  it("of a group it names the worst that is open, counts the others and asks their owners in turn", () => {
    const note = fallbackNote(
      [
        owned("U1", { severity: "critical", resolvedAt: NOW }),
        owned("U2", { severity: "warning", openedAt: after(-9) }),
        owned("U3", { severity: "critical", openedAt: after(-1) }),
        owned("U4", { severity: "critical", openedAt: after(-2) }),
      ],
      refusal,
    );
    expect(note?.body).toMatchObject({ alert: { id: "of U4" }, more: 2 });
    expect(note?.routes).toEqual(["C9", "U4", "U3", "U2"]);
  });

  it("of no alert says nothing", () => {
    expect(fallbackNote([], refusal)).toBeUndefined();
  });
});
