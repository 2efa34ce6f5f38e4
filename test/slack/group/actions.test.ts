import { describe, expect, it } from "vitest";
import { viewProblems } from "../../../sandbox/slack/limits/view.ts";
import { SNOOZE_REASON, SNOOZE_UNTIL } from "../../../src/slack/alert/ids.ts";
import type { AlertDeps, FoundGroup, GroupAnswer, SlackDeps } from "../../../src/slack/deps.ts";
import { groupSnoozeView } from "../../../src/slack/group/snooze-view.ts";
import { after, NOW } from "../../support/builders.ts";
import { aGroup, revokedAlerts } from "../support/group.ts";
import { ANNA, createHarness, noAlerts, only, whats, written } from "../support/harness.ts";

const GONE = { kind: "gone" } as const;
const DONE: GroupAnswer = { kind: "done", group: aGroup(), changed: revokedAlerts(2), open: 2 };
const unchanged = (open: number) =>
  ({ kind: "unchanged", group: aGroup(), alerts: revokedAlerts(open), open }) as const;

/** The bot with one group whose store answers so; what it is asked to change is in the list of deeds. */
const withGroup = (answer: GroupAnswer, found: FoundGroup = unchanged(2), overrides: Partial<SlackDeps> = {}) => {
  const asked: unknown[] = [];
  const alerts: AlertDeps = {
    ...noAlerts,
    findGroup: (id) => Promise.resolve(id === "group-1" ? found : GONE),
    acknowledgeGroup: (id, by) => {
      asked.push({ id, by });
      return Promise.resolve(id === "group-1" ? answer : GONE);
    },
    unacknowledgeGroup: (id, by, given) => {
      asked.push({ id, by, given });
      return Promise.resolve(id === "group-1" ? answer : GONE);
    },
    unsnoozeGroup: (id, by, begun) => {
      asked.push({ id, by, begun });
      return Promise.resolve(id === "group-1" ? answer : GONE);
    },
    snoozeGroup: (id, wish) => {
      asked.push({ id, ...wish });
      return Promise.resolve(id === "group-1" ? answer : GONE);
    },
    deliver: () => {
      harness.deeds.push({ what: "deliver", with: undefined });
      return Promise.resolve();
    },
  };
  const harness = createHarness({ alerts, ...overrides });
  const press = (id: string, team = "T0HOME", value = "group-1"): Promise<void> =>
    harness.press(id, { user: { id: ANNA, team_id: team } }, { value });
  const send = (until: string | undefined, reason: string, metadata = "group-1", team = "T0HOME"): Promise<void> =>
    harness.submit(
      {},
      {
        user: { id: ANNA, team_id: team },
        view: {
          id: "V1",
          callback_id: "group.snooze.form",
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

const BUTTONS = ["acknowledge", "unacknowledge", "snooze", "unsnooze", "check", "guide"].map((name) => `group.${name}`);
const DEED = `group-1 ${NOW.toISOString()}`;

describe("a button of a group", () => {
  it("acknowledges every open alert and brings the message up to date", async () => {
    const { harness, asked, press } = withGroup(DONE);
    await press("group.acknowledge");
    expect(whats(harness)).toBe("ack deliver");
    expect(asked).toEqual([{ id: "group-1", by: ANNA }]);
  });

  it.each([
    ["group.unacknowledge", { given: NOW }],
    ["group.unsnooze", { begun: NOW }],
  ])("%s takes back what was done at one instant, and nothing else", async (id, deed) => {
    const { harness, asked, press } = withGroup(DONE);
    await press(id, "T0HOME", DEED);
    expect(whats(harness)).toBe("ack deliver");
    expect(asked).toEqual([{ id: "group-1", by: ANNA, ...deed }]);
  });

  it.each(["group-1", "group-1 soon", `${DEED} more`, ""])("knows no deed in %j", async (value) => {
    const { harness, asked, press } = withGroup(DONE);
    await press("group.unacknowledge", "T0HOME", value);
    expect(only(harness, "respond").text).toContain("not known here any more");
    expect(asked).toEqual([]);
  });

  it.each<[string, RegExp]>([
    ["group.unacknowledge", /nothing to undo/],
    ["group.unsnooze", /nothing to end/],
  ])("%s says privately when it is done already", async (id, said) => {
    const { harness, press } = withGroup(unchanged(2));
    await press(id, "T0HOME", DEED);
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond").text).toMatch(said);
  });

  it.each<[string, GroupAnswer, FoundGroup, RegExp]>([
    ["group.check", DONE, unchanged(0), /ended, or have a message of their own/],
    ["group.check", DONE, GONE, /not known here any more/],
    ["group.acknowledge", unchanged(2), unchanged(2), /acknowledged already/],
    ["group.acknowledge", unchanged(0), unchanged(0), /ended, or have a message of their own/],
    ["group.acknowledge", GONE, GONE, /not known here any more/],
    ["group.snooze", DONE, unchanged(0), /ended, or have a message of their own/],
    ["group.snooze", DONE, GONE, /not known here any more/],
  ])("%s says privately why nothing was changed", async (id, answer, found, said) => {
    const { harness, press } = withGroup(answer, found);
    await press(id);
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond")).toMatchObject({ response_type: "ephemeral", replace_original: false });
    expect(only(harness, "respond").text).toMatch(said);
  });

  it.each(BUTTONS)("%s is refused to people of another organisation", async (id) => {
    const { harness, asked, press } = withGroup(DONE);
    await press(id, "T0OTHER");
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond").text).toContain("Only people of the workspace");
    expect(asked).toEqual([]);
  });

  it.each(BUTTONS)("%s is refused to who is not among ALLOWED_USERS", async (id) => {
    const { harness, asked, press } = withGroup(DONE, unchanged(2), { allowedUsers: new Set(["U0BEN"]) });
    await press(id);
    expect(only(harness, "respond").text).toContain("ALLOWED_USERS");
    expect(asked).toEqual([]);
  });

  it("opens the guide at its topic, for the person alone", async () => {
    const { harness, press } = withGroup(DONE);
    await press("group.guide", "T0HOME", "expired");
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond")).toMatchObject({ response_type: "ephemeral", replace_original: false });
  });
});

describe("snoozing a group", () => {
  it("opens a form that knows the group", async () => {
    const { harness, press } = withGroup(DONE);
    await press("group.snooze");
    expect(whats(harness)).toBe("ack open");
    expect(only(harness, "open").view).toMatchObject({ callback_id: "group.snooze.form", private_metadata: "group-1" });
    expect(written(only(harness, "open").view)).toContain("the 2 open alerts");
  });

  it("closes the form, keeps who, until when and why for all, and edits the message", async () => {
    const { harness, asked, send } = withGroup(DONE);
    await send("1h", "on it");
    expect(whats(harness)).toBe("ack deliver");
    expect(asked).toEqual([{ id: "group-1", by: ANNA, until: after(3_600_000), reason: "on it" }]);
  });

  it("shows what is missing at its field", async () => {
    const { harness, asked, send } = withGroup(DONE);
    await send("1h", " ");
    expect(only(harness, "ack")).toMatchObject({
      response_action: "errors",
      errors: { [SNOOZE_REASON]: "Say why, for the others." },
    });
    expect(asked).toEqual([]);
  });

  it.each<[string, GroupAnswer, string, string, string]>([
    ["over meanwhile", unchanged(0), "group-1", "T0HOME", "ended, or have a message"],
    ["unchanged by it", unchanged(2), "group-1", "T0HOME", "Please try again"],
    ["gone meanwhile", DONE, "long-gone", "T0HOME", "not known here"],
    ["not theirs", DONE, "group-1", "T0OTHER", "Only people of the workspace"],
  ])("says in the place of the form that the group is %s", async (_name, answer, id, team, said) => {
    const { harness, send } = withGroup(answer);
    await send("1h", "on it", id, team);
    expect(whats(harness)).toBe("ack");
    expect(only(harness, "ack")).toMatchObject({ response_action: "update" });
    expect(written(only(harness, "ack"))).toContain(said);
  });

  it.each([
    [1, "the open alert of"],
    [5_000, "the 5000 open alerts of"],
  ])("is asked in a form that Slack takes, for %i", (open, said) => {
    const view = groupSnoozeView(aGroup(), open, NOW, "Pacific/Chatham");
    expect(viewProblems({ ...view }, "modal")).toEqual([]);
    expect(written(view)).toContain(said);
  });
});
