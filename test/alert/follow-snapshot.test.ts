import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/token/verdict.ts";
import { type Alert, NEW_WATCH } from "../../src/alert/alert.ts";
import { transition } from "../../src/alert/transition.ts";
import type { WatchSnapshot } from "../../src/alert/watch-snapshot.ts";
import {
  NO_ESCALATION,
  aCard,
  aFinding,
  after,
  anAlert,
  anUnknown,
  aPolicy,
  aVerdict,
  NOW,
} from "../support/builders.ts";

const HOUR = 3_600_000;
const degraded = aVerdict({ findings: [aFinding("phone_unreachable")] });

const next = (card: Partial<WatchSnapshot>, verdict: Verdict = degraded, fields: Partial<Alert> = {}) => {
  const alert = anAlert({ verdict: degraded, ...fields });
  const rules = {
    card: aCard(card),
    policy: aPolicy(),
    unknownAfterMs: HOUR,
    repeatCriticalMs: 4 * HOUR,
    escalation: NO_ESCALATION,
    newId: () => "alert-2",
  };
  return transition({ ...NEW_WATCH, verdict: degraded, alert }, verdict, NOW, rules);
};

describe("an open alert after a change of its watch's configuration", () => {
  it.each<[string, Partial<WatchSnapshot>]>([
    ["channel", { channel: "C0000000002" }],
    ["owner", { owner: undefined }],
    ["who is on call", { oncall: "S0000000001" }],
    ["consumers", { consumers: ["checkout"] }],
  ])("shows another %s without a reply", (_, card) => {
    const { state, change, replies: words, history } = next(card);
    expect(change).toEqual({ kind: "edit" });
    expect(state.alert).toMatchObject({ card: aCard(card), revision: 2 });
    expect(words).toEqual([]);
    expect(history).toEqual([]);
  });

  it("shows the change even while checks give no answer", () => {
    const { state, change } = next({ channel: "C0000000002" }, anUnknown());
    expect(change).toEqual({ kind: "edit" });
    expect(state.alert?.card.channel).toBe("C0000000002");
  });

  it("shows the change and its news in one revision", () => {
    const { state, change, replies: words } = next({ channel: "C0000000002" }, degraded, { spokeAt: after(-4 * HOUR) });
    expect(change).toEqual({ kind: "update", reason: "reminder" });
    expect(state.alert).toMatchObject({ card: { channel: "C0000000002" }, revision: 2 });
    expect(words).toMatchObject([{ reason: "reminder" }]);
  });

  it("announces its end in the new channel", () => {
    const { state, change } = next({ channel: "C0000000002" }, aVerdict());
    expect(change).toMatchObject({ kind: "resolve" });
    expect(state.alert).toMatchObject({ card: { channel: "C0000000002" }, revision: 2 });
  });

  it("does not change when only the remark of the source differs", () => {
    expect(next({ source: "variable ORDERS_TOKEN (read at start)" }).change).toEqual({ kind: "none" });
  });
});
