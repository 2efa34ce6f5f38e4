import { describe, expect, it } from "vitest";
import { aFlow, acked, alertsSeen, ask, headerOf, MODES, wordsOf } from "./flow.ts";

describe.each(MODES)("the guide over %s", (mode) => {
  it("is one private answer that can be read whole and names our app and number", async () => {
    const flow = await aFlow({ mode });
    const answer = await ask(flow, flow.robin, "guide");
    const words = wordsOf(answer.blocks);
    for (const part of ["Business Settings", "System User", "Generate", ".env", "Example Notifier"])
      expect(words).toContain(part);
    expect(answer.text).toContain("Business Settings");
    expect(JSON.stringify(answer.blocks)).toContain("business_id=100000000003001");
    expect(answer.onlyFor).toBe(flow.robin.id);
    expect(flow.robin.ephemerals()).toHaveLength(1);
    expect(flow.sam.ephemerals()).toEqual([]);
    expect(flow.sam.channelMessages("general")).toEqual([]);
    expect(alertsSeen(flow)).toEqual([]);
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("is walked through by buttons in the same answer", async () => {
    const flow = await aFlow({ mode });
    const { robin, slack } = flow;
    const whole = await ask(flow, robin, "guide");
    const shown = () => robin.ephemerals().at(-1) ?? whole;
    const turn = async (text: string) => {
      const before = headerOf(shown().blocks);
      expect(await robin.click({ text }, { in: shown() })).toEqual(acked);
      return slack.waitFor(() => headerOf(shown().blocks) !== before && headerOf(shown().blocks));
    };
    const first = await turn("Walk step by step");
    expect(first).toContain("1");
    const second = await turn("Next");
    const third = await turn("Next");
    expect(new Set([first, second, third]).size).toBe(3);
    expect(await turn("Previous")).toBe(second);
    expect(await turn("Whole guide")).toContain(first);
    expect(robin.ephemerals()).toHaveLength(1);
    expect(slack.rejections()).toEqual([]);
  });

  it.each([
    ["guide expired", /dead/i],
    ["guide scopes", /permission|scope/i],
    ["guide system users", /system users?/i],
  ])("finds the topic of %s", async (text, title) => {
    const flow = await aFlow({ mode });
    const answer = await ask(flow, flow.robin, text);
    expect(headerOf(answer.blocks)).toMatch(title);
    expect(headerOf(answer.blocks).split("\n")).toHaveLength(1);
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("opens the check form from its button", async () => {
    const flow = await aFlow({ mode });
    const { robin, slack } = flow;
    const answer = await ask(flow, robin, "guide");
    expect(await robin.click({ text: "Check a token" }, { in: answer })).toEqual(acked);
    await slack.waitFor(() => robin.modal()?.callbackId === "check.form");
    expect(slack.rejections()).toEqual([]);
  });
});
