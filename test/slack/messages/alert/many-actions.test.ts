import { describe, expect, it } from "vitest";
import { viewProblems } from "../../../../sandbox/slack/limits/view.ts";
import { SNOOZE_REASON, SNOOZE_UNTIL } from "../../../../src/slack/messages/alert/ids.ts";
import { snoozeView } from "../../../../src/slack/messages/alert/snooze-view.ts";
import type { SlackDeps } from "../../../../src/slack/requests/deps.ts";
import type { Alert } from "../../../../src/alert/alert.ts";
import { after, NOW } from "../../../support/builders.ts";
import { revokedAlerts } from "../../support/group.ts";
import { ANNA, createHarness, noAlerts, only, whats, written } from "../../support/harness.ts";

const BEN = "U0BEN";
const TARGET = { kind: "message", id: "group-1" } as const;
const VALUE = "message:group-1";
const PRESSED = `${VALUE} ${NOW.toISOString()}`;

interface World {
  /** Open alerts of the message; undefined: the store knows no such message. */
  readonly open?: number | undefined;
  /** So many of them change. */
  readonly changed?: number;
  /** Who acknowledged each of them. */
  readonly by?: readonly string[];
}

/** The bot with one message about many alerts; what it is asked to change is in `asked`. */
const withMessage = (world: World = {}, overrides: Partial<SlackDeps> = {}) => {
  const { open, changed = 2, by: people } = { open: 2, ...world };
  const asked: unknown[] = [];
  const harness = createHarness({
    alerts: {
      ...noAlerts,
      find: ({ kind, id }) =>
        Promise.resolve(kind === "message" && id === "group-1" ? foundOf(open, people) : undefined),
      respond: (target, by, deed) => {
        asked.push({ target, by, ...deed });
        const found = target.kind === "message" && target.id === "group-1" ? foundOf(open, people) : undefined;
        return Promise.resolve(found && { ...found, changed: found.alerts.slice(0, changed) });
      },
    },
    ...overrides,
  });
  const press = (id: string, team = "T0HOME", value = VALUE): Promise<void> =>
    harness.press(id, { user: { id: ANNA, team_id: team } }, { value });
  const send = (until: string | undefined, reason: string, metadata = VALUE): Promise<void> =>
    harness.submit(
      {},
      {
        user: { id: ANNA, team_id: "T0HOME" },
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
  return { harness, asked, press, send };
};

const foundOf = (
  open: number | undefined,
  people: readonly string[] = [],
): { message: null; alerts: readonly Alert[] } | undefined => {
  if (open === undefined) return undefined;
  const alerts = revokedAlerts(open).map((alert, index) => {
    const by = people[index];
    return by === undefined ? alert : { ...alert, acknowledged: { by, at: NOW } };
  });
  return { message: null, alerts };
};

describe("a button of a group or a list", () => {
  it("acknowledges every open alert and updates the messages", async () => {
    const { harness, asked, press } = withMessage();
    await press("alert.acknowledge");
    expect(whats(harness)).toBe("ack");
    expect(asked).toEqual([{ target: TARGET, by: ANNA, kind: "acknowledge" }]);
  });

  it.each([
    ["alert.unacknowledge", { kind: "unacknowledge", given: NOW }],
    ["alert.unsnooze", { kind: "unsnooze", begun: NOW }],
  ])("%s reverts one press, and nothing else", async (id, deed) => {
    const { harness, asked, press } = withMessage();
    await press(id, "T0HOME", PRESSED);
    expect(whats(harness)).toBe("ack");
    expect(asked).toEqual([{ target: TARGET, by: ANNA, ...deed }]);
  });

  it.each([`${VALUE} soon`, `${PRESSED} more`, "message:", ""])("changes nothing for the value %j", async (value) => {
    const { harness, press } = withMessage();
    await press("alert.unacknowledge", "T0HOME", value);
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond").text).toMatch(/no longer knows (this alert|these alerts)\./);
  });

  it.each<[string, RegExp]>([
    ["alert.unacknowledge", /nothing to undo/],
    ["alert.unsnooze", /nothing to end/],
  ])("%s answers privately when it is already done", async (id, said) => {
    const { harness, press } = withMessage({ changed: 0 });
    await press(id, "T0HOME", PRESSED);
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond").text).toMatch(said);
  });

  it.each<[string, World, RegExp]>([
    ["alert.check", { open: 0 }, /None of the alerts in this message is open/],
    ["alert.check", { open: undefined }, /no longer knows these alerts/],
    ["alert.acknowledge", { changed: 0 }, /Please try again/],
    ["alert.acknowledge", { changed: 0, by: [ANNA, ANNA] }, /already acknowledged, by you\./],
    ["alert.acknowledge", { changed: 0, by: [BEN, BEN] }, /already acknowledged, by <@U0BEN>\./],
    ["alert.acknowledge", { changed: 0, by: [BEN, ANNA] }, /already acknowledged, by you and <@U0BEN>\./],
    ["alert.acknowledge", { open: 0 }, /None of the alerts in this message is open/],
    ["alert.acknowledge", { open: undefined }, /no longer knows these alerts/],
    ["alert.snooze", { open: 0 }, /None of the alerts in this message is open/],
    ["alert.snooze", { open: undefined }, /no longer knows these alerts/],
  ])("%s gives the reason privately when nothing changed (%j)", async (id, world, said) => {
    const { harness, press } = withMessage(world);
    await press(id);
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond")).toMatchObject({ response_type: "ephemeral", replace_original: false });
    expect(only(harness, "respond").text).toMatch(said);
  });

  it("checks nothing for people of another organisation", async () => {
    const { harness, asked, press } = withMessage();
    await press("alert.check", "T0OTHER");
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond").text).toContain("Only people of the workspace");
    expect(asked).toEqual([]);
  });
});

describe("snoozing all of a message", () => {
  it("opens a form that holds the message's id", async () => {
    const { harness, press } = withMessage();
    await press("alert.snooze");
    expect(whats(harness)).toBe("ack open");
    expect(only(harness, "open").view).toMatchObject({ callback_id: "alert.snooze.form", private_metadata: VALUE });
    expect(written(only(harness, "open").view)).toContain("No reminders for 2 open alerts until");
  });

  it("closes the form, saves person, end and reason for all, and edits the messages", async () => {
    const { harness, asked, send } = withMessage();
    await send("1h", "on it");
    expect(whats(harness)).toBe("ack");
    expect(asked).toEqual([{ target: TARGET, by: ANNA, kind: "snooze", until: after(3_600_000), reason: "on it" }]);
  });

  it.each<[string, World, string, string]>([
    ["over meanwhile", { open: 0 }, VALUE, "None of the alerts in this message is open"],
    ["unchanged by it", { changed: 0 }, VALUE, "Please try again"],
    ["gone meanwhile", {}, "message:long-gone", "no longer knows these alerts"],
  ])("replaces the form with the answer that they are %s", async (_name, world, metadata, said) => {
    const { harness, send } = withMessage(world);
    await send("1h", "on it", metadata);
    expect(whats(harness)).toBe("ack");
    expect(only(harness, "ack")).toMatchObject({ response_action: "update" });
    expect(written(only(harness, "ack"))).toContain(said);
  });

  it.each([
    [1, "No reminders for 1 open alert until"],
    [5_000, "No reminders for 5,000 open alerts until"],
  ])("has a form that Slack accepts, for %i", (open, said) => {
    const view = snoozeView(TARGET, revokedAlerts(open), NOW, "Pacific/Chatham");
    expect(viewProblems({ ...view }, "modal")).toEqual([]);
    expect(written(view)).toContain(said);
  });
});
