import { describe, expect, it } from "vitest";
import { SNOOZE_REASON, SNOOZE_UNTIL } from "../../../src/slack/alert/ids.ts";
import { after } from "../../support/builders.ts";
import { ANNA, createHarness, noAlerts, only, whats, written } from "../support/harness.ts";

/** The bot that changes so many of the alerts it is asked to change. */
const changing = (changed: number) => {
  const asked: unknown[] = [];
  const harness = createHarness({
    alerts: {
      ...noAlerts,
      acknowledgeMany: (ids, by) => {
        asked.push({ ids, by });
        return Promise.resolve({ changed });
      },
      snoozeMany: (ids, wish) => {
        asked.push({ ids, ...wish });
        return Promise.resolve({ changed });
      },
      deliver: () => {
        harness.deeds.push({ what: "deliver", with: undefined });
        return Promise.resolve();
      },
    },
  });
  const press = (id: string, team = "T0HOME"): Promise<void> =>
    harness.press(id, { user: { id: ANNA, team_id: team } }, { value: "alert-0 alert-1" });
  const send = (reason: string): Promise<void> =>
    harness.submit(
      {},
      {
        view: {
          id: "V1",
          callback_id: "listed.snooze.form",
          team_id: "T0HOME",
          private_metadata: "alert-0 alert-1",
          state: {
            values: {
              [SNOOZE_UNTIL]: { [SNOOZE_UNTIL]: { selected_option: { value: "1h" } } },
              [SNOOZE_REASON]: { [SNOOZE_REASON]: { value: reason } },
            },
          },
        },
      },
    );
  return { harness, asked, press, send };
};

describe("the buttons below a list of alerts that stands elsewhere", () => {
  it.each([
    [2, "You acknowledged 2 alerts. No more reminders unless one gets worse."],
    [1, "You acknowledged 1 alert. No more reminders unless it gets worse."],
  ])("acknowledge all that are open and say how many: %i", async (changed, said) => {
    const { harness, asked, press } = changing(changed);
    await press("listed.acknowledge");
    expect(whats(harness)).toBe("ack deliver respond");
    expect(asked).toEqual([{ ids: ["alert-0", "alert-1"], by: ANNA }]);
    expect(only(harness, "respond")).toMatchObject({ response_type: "ephemeral", replace_original: false, text: said });
  });

  it("say privately when nothing was left to do", async () => {
    const { harness, press, send } = changing(0);
    await press("listed.acknowledge");
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond").text).toContain("Nothing was changed");
    harness.deeds.length = 0;
    await send("planned");
    expect(written(only(harness, "ack"))).toContain("Nothing was changed");
  });

  it("snooze all: a form that names them, then until when and why for all", async () => {
    const { harness, asked, press, send } = changing(2);
    await press("listed.snooze");
    expect(only(harness, "open").view).toMatchObject({
      callback_id: "listed.snooze.form",
      private_metadata: "alert-0 alert-1",
    });
    expect(written(only(harness, "open").view)).toContain("No reminders of 2 alerts");
    harness.deeds.length = 0;
    await send("planned");
    expect(whats(harness)).toBe("ack deliver");
    expect(asked).toEqual([{ ids: ["alert-0", "alert-1"], by: ANNA, until: after(3_600_000), reason: "planned" }]);
  });

  it.each(["listed.acknowledge", "listed.snooze"])("%s is refused to people of another organisation", async (id) => {
    const { harness, asked, press } = changing(2);
    await press(id, "T0OTHER");
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond").text).toContain("Only people of the workspace");
    expect(asked).toEqual([]);
  });
});
