import { storeOf } from "../../support/records.ts";
import { describe, expect, it } from "vitest";
import type { AlertDeps, RecheckOutcome, SlackDeps } from "../../../../src/slack/requests/deps.ts";
import type { Alert } from "../../../../src/alert/alert.ts";
import type { WatchRecord } from "../../../../src/watch/ports.ts";
import { aCard, aFailure, aFinding, after, aVerdict, NOW } from "../../../support/builders.ts";
import { revokedAlerts } from "../../support/group.ts";
import { ANNA, createHarness, type Harness, noAlerts, whats } from "../../support/harness.ts";
import { bookOf } from "../../../../src/watch/watch-book.ts";

const REVOKED = aVerdict({ findings: [aFinding("revoked")] });

const record = (name: string, state: Partial<WatchRecord["state"]>): WatchRecord => ({
  name,
  state: { verdict: REVOKED, failing: null, aliveFingerprint: null, told: null, alert: null, ...state },
  checkedAt: NOW,
  nextDueAt: after(1),
  owed: false,
  undelivered: null,
});

/** The bot with a group of these alerts; what it recorded of checks is in `recorded`. */
const withAlerts = (
  open: readonly Alert[],
  states: Readonly<Record<string, Partial<WatchRecord["state"]>>> = {},
  overrides: Partial<SlackDeps> = {},
) => {
  const recorded: unknown[] = [];
  const found = { message: null, alerts: open } as const;
  const alerts: AlertDeps = {
    ...noAlerts,
    find: () => Promise.resolve(found),
    respond: (target, by, deed) => {
      if (deed.kind !== "checked") throw new TypeError(`nobody asked for ${deed.kind}`);
      const verdicts = [...deed.found].map(([alert, verdict]) => [alert, verdict?.state ?? null]);
      recorded.push({ target, by, verdicts });
      return Promise.resolve({ ...found, changed: [] });
    },
  };
  const names = open.map(({ card }) => card.name);
  const harness = createHarness({
    alerts,
    cards: bookOf(names.map((name) => ({ ...aCard({ name }), sourceNote: null }))),
    ...storeOf(names.map((name) => record(name, states[name] ?? {}))),
    ...overrides,
  });
  return { harness, recorded, press: () => harness.press("alert.check", {}, { value: "message:group-1" }) };
};

const saidBy = ({ deeds }: Harness): readonly string[] =>
  deeds.filter(({ what }) => what === "respond").map(({ with: call }) => (call as { text: string }).text);

const checkedBy = ({ deeds }: Harness): readonly unknown[] =>
  deeds.filter(({ what }) => what === "check").map(({ with: name }) => name);

describe("checking all of a group now", () => {
  it("gives the number, checks one after the other, records the person, then gives the results", async () => {
    const { harness, recorded, press } = withAlerts(revokedAlerts(3), {
      "shop-1": { verdict: aVerdict() },
      "shop-2": { failing: { failure: aFailure(), since: NOW, tries: 1 } },
    });
    await press();
    expect(whats(harness)).toBe("ack respond check check check respond");
    expect(saidBy(harness)).toEqual([
      "Checking 3 tokens, one after the other… This takes a while.",
      "Checked 3 of 3 tokens: 1 healthy, 1 still not fixed, 1 without an answer from Meta.",
    ]);
    const verdicts = [
      ["alert-0", "revoked"],
      ["alert-1", "healthy"],
      ["alert-2", null],
    ];
    expect(recorded).toEqual([{ target: { kind: "message", id: "group-1" }, by: ANNA, verdicts }]);
  });

  it("checks twenty for one press, and the others for the next", async () => {
    const { harness, press } = withAlerts(revokedAlerts(30));
    await press();
    await press();
    await press();
    expect(new Set(checkedBy(harness)).size).toBe(30);
    expect(checkedBy(harness)).toHaveLength(30);
    expect(saidBy(harness)).toEqual([
      "Checking 20 of 30 tokens, one after the other… This takes a while.",
      "Checked 20 of 30 tokens: 20 still not fixed. Press again to check the other 10.",
      "Checking 10 of 30 tokens, one after the other… This takes a while.",
      "Checked 10 of 30 tokens: 10 still not fixed. Press again to check the other 20.",
      "All of these tokens were checked a moment ago. Try again in 30 seconds.",
    ]);
  });

  it("checks the least recently checked tokens first", async () => {
    const [one, two] = revokedAlerts(2);
    const alerts = [one, two].flatMap((alert) => alert ?? []);
    const asked = { checked: { by: "U0BEN", at: NOW } };
    const { harness, press } = withAlerts(alerts.map((alert, index) => (index === 0 ? { ...alert, ...asked } : alert)));
    await press();
    expect(checkedBy(harness)).toEqual(["shop-1", "shop-0"]);
  });

  it("runs once at a time for a group", async () => {
    const { promise, resolve } = Promise.withResolvers<RecheckOutcome>();
    const { harness, press } = withAlerts(revokedAlerts(1), {}, { recheck: () => promise });
    const first = press();
    await press();
    expect(saidBy(harness)).toContain("These tokens are being checked right now.");
    resolve("checked");
    await first;
    expect(saidBy(harness).at(-1)).toBe("Checked 1 of 1 token: 1 still not fixed.");
  });

  it("counts tokens that were not checked, and records nothing about them", async () => {
    const outcomes = new Map<string, RecheckOutcome>([
      ["shop-0", "busy"],
      ["shop-1", "failed"],
    ]);
    const recheck = (name: string) => Promise.resolve(outcomes.get(name) ?? "checked");
    const { harness, recorded, press } = withAlerts(revokedAlerts(3), {}, { recheck });
    await press();
    expect(saidBy(harness).at(-1)).toBe(
      "Checked 1 of 3 tokens: 1 still not fixed, 2 not checked (another check is running, or this bot had a problem).",
    );
    expect(recorded).toMatchObject([{ verdicts: [["alert-2", "revoked"]] }]);
  });

  it("does not check a watch that this bot does not have", async () => {
    const { harness, press } = withAlerts(revokedAlerts(2), {}, { cards: bookOf([]) });
    await press();
    expect(whats(harness)).toBe("ack respond");
    expect(saidBy(harness)).toEqual(["None of these tokens is in this bot's watchlist."]);
  });
});
