import { storeOf } from "../../support/records.ts";
import { describe, expect, it } from "vitest";
import { alertDeps } from "../../../../src/app/alerts.ts";
import { SNOOZE_REASON, SNOOZE_UNTIL } from "../../../../src/slack/messages/alert/ids.ts";
import type { SlackDeps } from "../../../../src/slack/requests/deps.ts";
import type { Verdict } from "../../../../src/token/verdict.ts";
import type { Alert, Reply } from "../../../../src/alert/alert.ts";
import type { Target, WatchRecord } from "../../../../src/watch/ports.ts";
import { aFailure, aFinding, after, anAlert, aVerdict, NOW } from "../../../support/builders.ts";
import { ANNA, createHarness, type Harness, only, whats, written } from "../../support/harness.ts";
import { bookOf } from "../../../../src/watch/watch-book.ts";

const BEN = "U0BEN";

/** The bot with one alert in its store. */
const withAlert = (fields: Partial<Alert> = {}, overrides: Partial<SlackDeps> = {}) => {
  const kept = { alert: anAlert(fields), words: new Array<Reply>(), answers: 0 };
  const isKnown = ({ kind, id }: Target): boolean => kind === "alert" && id === kept.alert.id;
  const harness: Harness = createHarness({
    alerts: alertDeps({
      store: {
        findAlerts: (target) => Promise.resolve(isKnown(target) ? { message: null, alerts: [kept.alert] } : undefined),
        changeAlerts: (target, change) => {
          if (!isKnown(target)) return Promise.resolve(undefined);
          const done = change(kept.alert);
          kept.alert = done?.alert ?? kept.alert;
          kept.words.push(...(done?.replies ?? []));
          return Promise.resolve({
            message: null,
            alerts: [kept.alert],
            changed: done === undefined ? [] : [kept.alert],
          });
        },
      },
      onResponse: () => void kept.answers++,
      now: () => NOW,
    }),
    ...overrides,
  });
  const press = (id: string, by = ANNA, team = "T0HOME", value = "alert-1"): Promise<void> =>
    harness.press(id, { user: { id: by, team_id: team } }, { value });
  const send = (until: string | undefined, reason: string, metadata = "alert-1", team = "T0HOME"): Promise<void> =>
    harness.submit(
      {},
      {
        user: { id: ANNA, team_id: team },
        view: {
          id: "V1",
          callback_id: "alert.snooze.form",
          private_metadata: metadata,
          state: {
            values: {
              [SNOOZE_UNTIL]: { [SNOOZE_UNTIL]: { selected_option: until === undefined ? null : { value: until } } },
              [SNOOZE_REASON]: { [SNOOZE_REASON]: { value: reason } },
            },
          },
        },
      },
    );
  return { harness, kept, press, send };
};

const OVER = { resolvedAt: after(1), resolution: "recovered" } as const;
const ACKNOWLEDGED = { acknowledged: { by: BEN, at: NOW } };
const SNOOZED = { snoozed: { by: BEN, at: NOW, until: after(1_000), reason: "on it" } };
const BUTTONS = ["acknowledge", "unacknowledge", "snooze", "unsnooze", "check", "guide"].map((name) => `alert.${name}`);

describe("a button of an alert", () => {
  it.each<[string, Partial<Alert>, Partial<Alert>]>([
    ["alert.acknowledge", {}, { acknowledged: { by: ANNA, at: NOW } }],
    ["alert.unacknowledge", ACKNOWLEDGED, { acknowledged: null }],
    ["alert.unsnooze", SNOOZED, { snoozed: null }],
  ])("%s is acknowledged first, then changes the alert and its message", async (id, before, changed) => {
    const { harness, kept, press } = withAlert(before);
    await press(id);
    expect(whats(harness)).toBe("ack");
    expect(kept.alert).toMatchObject({ ...changed, revision: 2 });
    expect(kept.words).toMatchObject([{ by: ANNA }]);
  });

  it.each<[string, Partial<Alert>, RegExp]>([
    ["alert.acknowledge", ACKNOWLEDGED, /<@U0BEN> already acknowledged it, </],
    ["alert.acknowledge", { acknowledged: { by: ANNA, at: NOW } }, /you already acknowledged it, </],
    ["alert.unacknowledge", {}, /nothing to undo/],
    ["alert.unsnooze", {}, /nothing to end/],
    ["alert.acknowledge", OVER, /this alert ended/],
    ["alert.unacknowledge", OVER, /this alert ended/],
    ["alert.snooze", OVER, /this alert ended/],
    ["alert.unsnooze", OVER, /this alert ended/],
    ["alert.check", OVER, /this alert ended/],
  ])("%s gives the reason privately when nothing changed (%j)", async (id, before, said) => {
    const { harness, kept, press } = withAlert(before);
    await press(id);
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond")).toMatchObject({ response_type: "ephemeral", replace_original: false });
    expect(only(harness, "respond").text).toMatch(said);
    expect(kept.alert.revision).toBe(1);
  });

  it.each(BUTTONS.slice(0, -1))("%s of an unknown alert is answered", async (id) => {
    const { harness, press } = withAlert();
    await press(id, ANNA, "T0HOME", "long-gone");
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond").text).toContain("no longer knows this alert");
  });

  it.each(BUTTONS)("%s is refused to people of another organisation", async (id) => {
    const { harness, kept, press } = withAlert();
    await press(id, ANNA, "T0OTHER");
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond")).toMatchObject({ response_type: "ephemeral" });
    expect(only(harness, "respond").text).toContain("Only people of the workspace");
    expect(kept.alert.revision).toBe(1);
  });

  it.each(BUTTONS)("%s is refused to people outside ALLOWED_USERS", async (id) => {
    const { harness, kept, press } = withAlert({}, { allowedUsers: new Set([BEN]) });
    await press(id);
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond").text).toContain("ALLOWED_USERS");
    expect(kept.alert.revision).toBe(1);
  });

  it("of two people who press at once, the second gets the name of the first", async () => {
    const { harness, kept, press } = withAlert();
    await Promise.all([press("alert.acknowledge", ANNA), press("alert.acknowledge", BEN)]);
    expect(whats(harness)).toBe("ack ack respond");
    expect(only(harness, "respond").text).toContain(`<@${kept.alert.acknowledged?.by}> already acknowledged it`);
  });

  it("opens the guide at its topic, for this person only", async () => {
    const { harness, press } = withAlert();
    await press("alert.guide", ANNA, "T0HOME", "scopes");
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond")).toMatchObject({ response_type: "ephemeral", replace_original: false });
  });
});

describe("snoozing", () => {
  it("opens a form that holds the alert's id", async () => {
    const { harness, press } = withAlert();
    await press("alert.snooze");
    expect(whats(harness)).toBe("ack open");
    expect(only(harness, "open").view).toMatchObject({ private_metadata: "alert-1" });
  });

  it("reports that Slack did not open the form", async () => {
    const nothing = () => Promise.resolve();
    const views = { open: () => Promise.reject(new Error("late")), push: nothing, update: nothing, publish: nothing };
    const { harness, press } = withAlert({}, { people: { views, chat: { postMessage: nothing } } });
    await press("alert.snooze");
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond").text).toContain("Slack could not open the form. Try again in a minute.");
  });

  it("closes the form, saves person, end and reason, and edits the message", async () => {
    const { harness, kept, send } = withAlert();
    await send("1h", "on it");
    expect(whats(harness)).toBe("ack");
    expect(only(harness, "ack")).toEqual({});
    expect(kept.alert.snoozed).toEqual({ by: ANNA, at: NOW, until: after(3_600_000), reason: "on it" });
  });

  it.each([
    [undefined, "on it", SNOOZE_UNTIL],
    ["1h", " ", SNOOZE_REASON],
  ])("shows what is missing at its field (%s, %j)", async (until, reason, field) => {
    const { harness, kept, send } = withAlert();
    await send(until, reason);
    expect(only(harness, "ack")).toMatchObject({ response_action: "errors", errors: { [field]: expect.any(String) } });
    expect(kept.alert.snoozed).toBeNull();
  });

  it.each<[string, Partial<Alert>, string, string, string]>([
    ["over meanwhile", OVER, "alert-1", "T0HOME", "this alert ended"],
    ["gone meanwhile", {}, "long-gone", "T0HOME", "no longer knows this alert"],
    ["not theirs", {}, "alert-1", "T0OTHER", "Only people of the workspace"],
  ])("replaces the form with the answer that the alert is %s", async (_name, fields, id, team, said) => {
    const { harness, kept, send } = withAlert(fields);
    await send("1h", "on it", id, team);
    expect(whats(harness)).toBe("ack");
    expect(only(harness, "ack")).toMatchObject({ response_action: "update" });
    expect(written(only(harness, "ack"))).toContain(said);
    expect(kept.alert.snoozed).toBeNull();
  });
});

const EXPIRED = aVerdict({ findings: [aFinding("expired")] });

const record = (state: Partial<WatchRecord["state"]>): WatchRecord => ({
  name: "orders-prod",
  state: { verdict: null, failing: null, aliveFingerprint: null, told: null, alert: null, ...state },
  checkedAt: NOW,
  nextDueAt: after(1),
  owed: false,
  undelivered: null,
});

const saidBy = (harness: Harness): readonly string[] =>
  harness.deeds.filter(({ what }) => what === "respond").map(({ with: call }) => (call as { text: string }).text);

describe("checking now", () => {
  it.each<[string, Partial<WatchRecord["state"]>, RegExp]>([
    ["healthy", { verdict: aVerdict() }, /^\*orders-prod\*: Healthy ✅\. Checked /],
    [
      "ailing",
      { verdict: aVerdict({ findings: [aFinding("expired")] }) },
      /^\*orders-prod\*: Expired ⛔\. The token has expired\. Checked /,
    ],
    [
      "not answered",
      { verdict: aVerdict(), failing: { failure: aFailure({ message: "Graph is away." }), since: NOW, tries: 1 } },
      /^\*orders-prod\* could not be checked now\. Graph is away\./,
    ],
  ])("shows progress, updates the alert, then answers that it is %s", async (_name, state, said) => {
    const { harness, kept, press } = withAlert({}, { ...storeOf([record(state)]) });
    await press("alert.check");
    expect(whats(harness)).toBe("ack respond check respond");
    expect(kept.answers).toBe(1);
    expect(saidBy(harness)[0]).toMatch(/^Checking \*orders-prod\*…/);
    expect(saidBy(harness)[1]).toMatch(said);
    for (const { with: call } of harness.deeds.filter(({ what }) => what === "respond"))
      expect(call).toMatchObject({ response_type: "ephemeral", replace_original: false });
  });

  it.each<[string, Partial<WatchRecord["state"]>, Verdict | null]>([
    ["what it found", { verdict: EXPIRED }, EXPIRED],
    ["that there was no answer", { verdict: EXPIRED, failing: { failure: aFailure(), since: NOW, tries: 1 } }, null],
  ])("names the person in the thread, and %s", async (_name, state, verdict) => {
    const { kept, press } = withAlert({}, { ...storeOf([record(state)]) });
    await press("alert.check");
    expect(kept.alert).toMatchObject({ checked: { by: ANNA, at: NOW } });
    expect(kept.words).toMatchObject([{ reason: "checked", by: ANNA, verdict }]);
  });

  it.each(["busy", "limited", "failed"] as const)(
    "adds no reply when it was %s, and updates the messages",
    async (outcome) => {
      const recheck = () => Promise.resolve(outcome);
      const { kept, press } = withAlert({}, { recheck, ...storeOf([record({})]) });
      await press("alert.check");
      expect(kept.alert.revision).toBe(1);
      expect(kept.answers).toBe(1);
    },
  );

  it.each([
    ["busy", /is being checked right now/],
    ["limited", /Meta limits the calls of its app\. The bot checks again when the limit ends/],
    ["failed", /this bot had a problem/],
  ] as const)("says when it is %s", async (outcome, said) => {
    const { harness, press } = withAlert({}, { recheck: () => Promise.resolve(outcome) });
    await press("alert.check");
    expect(saidBy(harness).at(-1)).toMatch(said);
  });

  it("checks one watch once in 30 seconds, for all people together", async () => {
    const { harness, press } = withAlert();
    await press("alert.check");
    await press("alert.check", BEN);
    expect(harness.deeds.filter(({ what }) => what === "check")).toHaveLength(1);
    expect(saidBy(harness).at(-1)).toMatch(/was checked a moment ago\. Try again in 30 seconds\./);
  });

  it("does not check a watch that this bot does not have", async () => {
    const { harness, press } = withAlert({}, { cards: bookOf([]) });
    await press("alert.check");
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond").text).toContain("is not in this bot's watchlist");
  });
});
