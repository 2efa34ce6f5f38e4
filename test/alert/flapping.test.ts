import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/token/verdict.ts";
import { type Alert, NEW_WATCH, type WatchState, type Reply } from "../../src/alert/alert.ts";
import type { AlertRules } from "../../src/alert/alert-rules.ts";
import { nextReplyTimes } from "../../src/alert/next-reply.ts";
import { transition } from "../../src/alert/transition.ts";
import { aCard, aFinding, after, anEscalation, anUnknown, aPolicy, aVerdict } from "../support/builders.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let ids = 0;
const rules: AlertRules = {
  card: aCard(),
  policy: aPolicy(),
  unknownAfterMs: HOUR,
  repeatCriticalMs: 4 * HOUR,
  escalation: anEscalation({ afterMs: HOUR }),
  newId: () => `alert-${++ids}`,
};
const WELL = aVerdict();
const DEAD = aVerdict({ findings: [aFinding("revoked")] });
const EXPIRED = aVerdict({ findings: [aFinding("expired")] });
const NO_SCOPE = aVerdict({ findings: [aFinding("scope_missing")] });
const NO_PHONE = aVerdict({ findings: [aFinding("phone_unreachable")] });
const OTHER_DEAD = aVerdict({ findings: [aFinding("revoked")], token: { fingerprint: "bbbbbbbbbbbb" } });

interface Round {
  readonly verdict: Verdict;
  /** Minutes since the previous round. */
  readonly waited: number;
}

const accepted = (state: WatchState, at: Date): WatchState => ({
  ...state,
  alert: state.alert && { ...state.alert, acceptedAt: state.alert.acceptedAt ?? at },
});

const play = (list: readonly Round[], from: WatchState = NEW_WATCH) => {
  let state = from;
  let at = 0;
  const said: { readonly reason: string; readonly alert: string | undefined }[] = [];
  const alerts = new Map<string, Alert>();
  const words: Reply[] = [];
  for (const { verdict, waited } of list) {
    at += waited * MINUTE;
    const step = transition(state, { ...verdict, checkedAt: after(at) }, after(at), rules);
    // Slack accepts it at once.
    state = accepted(step.state, after(at));
    words.push(...step.replies);
    if (state.alert !== null) alerts.set(state.alert.id, state.alert);
    said.push({ reason: "reason" in step.change ? step.change.reason : step.change.kind, alert: state.alert?.id });
  }
  return { state, at: after(at), reasons: said.map(({ reason }) => reason), alerts: [...alerts.values()], words };
};
const every = (minutes: number, ...verdicts: readonly Verdict[]): readonly Round[] =>
  verdicts.map((verdict) => ({ verdict, waited: minutes }));
/** Replies that notify people. */
const calls = (words: readonly Reply[]) => words.filter(({ notice }) => notice);

describe("a token that is dead and alive in turn", () => {
  it("announces its end in the thread, unless the thread already ends with a fix", () => {
    const ends = (isEndOwed: boolean): readonly string[] => {
      const { alert, ...rest } = play(every(5, DEAD, WELL)).state;
      if (alert === null) throw new TypeError("an alert was resolved");
      // As the store returns it at the next claim.
      const known: WatchState = { ...rest, alert: null, lately: [{ alert, isEndOwed }] };
      const back = transition(known, DEAD, after(11 * MINUTE), rules).state;
      return transition(back, WELL, after(12 * MINUTE), rules).replies.map(({ reason }) => reason);
    };
    expect([ends(false), ends(true)]).toEqual([[], ["recovered"]]);
  });

  it("is one alert that is edited and notifies nobody again", () => {
    const turns = Array.from({ length: 10 }, () => every(5, DEAD, WELL)).flat();
    const { alerts, reasons, words } = play(turns);
    expect(alerts).toHaveLength(1);
    expect(reasons.slice(0, 4)).toEqual(["first", "recovered", "reopened", "recovered"]);
    expect(calls(words)).toEqual([]);
    expect(alerts[0]).toMatchObject({ reopened: { times: 9 }, openedAt: after(5 * MINUTE), resolution: "recovered" });
  });

  it("notifies people once, after it stays dead for a quarter of an hour", () => {
    const back = play([...every(5, DEAD, WELL, DEAD), ...every(14, DEAD)]);
    expect(back.reasons).toEqual(["first", "recovered", "reopened", "none"]);
    const lasting = play([...every(5, DEAD, WELL, DEAD), ...every(15, DEAD, DEAD)]);
    expect(lasting.reasons).toEqual(["first", "recovered", "reopened", "lasts", "none"]);
    expect(calls(lasting.words)).toMatchObject([{ reason: "lasts" }]);
    const over = play(every(5, WELL), lasting.state);
    expect(over.reasons).toEqual(["recovered"]);
    expect(over.words.map(({ reason }) => reason)).toEqual(["recovered"]);
  });

  it("is checked when that quarter of an hour ends", () => {
    const { state, at } = play(every(5, DEAD, WELL, DEAD));
    expect(nextReplyTimes(state, rules, at)).toContainEqual(new Date(at.getTime() + 15 * MINUTE));
  });

  it("is announced even while checks give no answer", () => {
    expect(play([...every(5, DEAD, WELL, DEAD), ...every(15, anUnknown())]).reasons.at(-1)).toBe("lasts");
  });

  it("is not announced while a person has acknowledged it since it came back", () => {
    const { state } = play(every(5, DEAD, WELL, DEAD));
    const acknowledged = { by: "U1", at: after(15 * MINUTE) };
    const held = { ...state, alert: state.alert && { ...state.alert, acknowledged } };
    expect(transition(held, DEAD, after(HOUR), rules).change).toEqual({ kind: "none" });
  });

  it.each<[string, readonly Round[], string]>([
    ["another dead state of the same token", every(5, DEAD, WELL, EXPIRED), "reopened"],
    ["another problem", every(5, NO_SCOPE, WELL, NO_PHONE), "first"],
    ["another token", every(5, DEAD, WELL, OTHER_DEAD), "first"],
    ["14 minutes later", [...every(5, DEAD, WELL), ...every(14, DEAD)], "reopened"],
    ["15 minutes later", [...every(5, DEAD, WELL), ...every(15, DEAD)], "first"],
    ["two problems in turn", every(3, NO_SCOPE, WELL, NO_PHONE, WELL, NO_SCOPE), "reopened"],
    ["after a failed check in between", every(3, DEAD, WELL, anUnknown(), DEAD), "reopened"],
  ])("%s", (_, list, reason) => {
    expect(play(list).reasons.at(-1)).toBe(reason);
  });

  it("waits for escalation from its return, and earlier answers do not count", () => {
    const first = play(every(5, DEAD)).state;
    const acknowledged = { by: "U1", at: after(6 * MINUTE) };
    const taken = { ...first, alert: first.alert && { ...first.alert, acknowledged, escalatedAt: after(6 * MINUTE) } };
    const { state } = play([{ verdict: WELL, waited: 10 }, ...every(5, DEAD)], taken);
    expect(state.alert).toMatchObject({ acknowledged: null, escalatedAt: null, criticalSince: after(15 * MINUTE) });
    const late = transition(state, DEAD, after(15 * MINUTE + HOUR), rules);
    expect(late.messages).toMatchObject([{ kind: "escalation" }]);
  });

  it("notifies nobody when it is a warning", () => {
    const warn = aVerdict({ findings: [aFinding("phone_unreachable", { severity: "warning" })] });
    const { words, reasons } = play([...every(5, warn, WELL, warn), ...every(15, warn)]);
    expect(reasons.at(-1)).toBe("lasts");
    expect(words.at(-1)).toMatchObject({ reason: "lasts", notice: false });
  });

  it("keeps one alert, even for an app that Meta blocks and unblocks", () => {
    const blocked = anUnknown({ kind: "app_blocked" });
    const { reasons, alerts } = play(every(3, blocked, blocked, WELL, blocked, blocked));
    expect(reasons).toEqual(["none", "not_checked", "recovered", "none", "reopened"]);
    expect(alerts).toHaveLength(1);
  });
});
