import { describe, expect, it } from "vitest";
import { aFlow, acked, alertsSeen, ask, aWorld, headerOf, withPeople, wordsOf } from "../flow.ts";

describe("the guide", () => {
  const mode = "http";

  it("is one complete private answer that names our app and number", async () => {
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

  it("can be followed step by step with buttons in the same answer", async () => {
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
    ["guide expired", /^Replace an expired/],
    ["guide scopes", /permission|scope/i],
    ["guide system users", /system users?/i],
  ])("finds the topic of %s", async (text, title) => {
    const flow = await aFlow({ mode });
    const answer = await ask(flow, flow.robin, text);
    expect(headerOf(answer.blocks)).toMatch(title);
    expect(headerOf(answer.blocks).split("\n")).toHaveLength(1);
    expect(flow.slack.rejections()).toEqual([]);
  });

  it.each([
    ["guide renvoar o token", /^Renew a 60-day token/],
    ["guide टोकन समाप्त हो गया", /^Replace an expired/],
    ["guide izin", /Permissions/],
    ["guide mi token ha CADUCADO", /^Replace an expired/],
    ["guide genrate tokn", /Step 4/],
  ])("understands %s", async (text, title) => {
    const flow = await aFlow({ mode });
    expect(headerOf((await ask(flow, flow.robin, text)).blocks)).toMatch(title);
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("lists its topics and the nearest one when nothing fits, and opens it", async () => {
    const flow = await aFlow({ mode });
    const answer = await ask(flow, flow.robin, "guide premissns");
    expect(answer.text).toMatch(/^The guide has no topic about “premissns”\. Nearest topic: Permissions/);
    expect(answer.text).toContain("/wa-token guide system users");
    expect(wordsOf(answer.blocks)).not.toContain("Meta Business Suite");
    await flow.robin.click({ text: "Open this topic" }, { in: answer });
    await flow.slack.waitFor(() => headerOf(flow.robin.ephemerals()[0]?.blocks ?? []).startsWith("Permissions"));
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("opened from an alert shows the ids and the place of its watch, page after page", async () => {
    const world = await aWorld({
      mode,
      watchlist: (source) => `watches:
  - name: orders-prod
    source: "${source("orders")}"
    phoneNumberId: "100000000002001"
    whatsappBusinessAccountId: "100000000001001"
  - name: support
    source: "${source("support")}"`,
    });
    world.tokenFile("orders").write(world.tokens.noMessaging);
    world.tokenFile("support").write(world.tokens.never);
    const flow = withPeople(world, await world.startBot());
    const { robin, slack } = flow;
    const [alert] = alertsSeen(flow);
    if (alert === undefined) throw new Error("no alert");
    expect(await robin.click({ text: "Open guide" }, { in: alert })).toEqual(acked);
    const topic = await slack.waitFor(() => robin.ephemerals()[0]);
    expect(wordsOf(topic.blocks)).toContain("This guide shows the IDs and the token location of `orders-prod`.");
    const shown = () => robin.ephemerals().at(-1) ?? topic;
    const turn = async (text: string, title: RegExp) => {
      await robin.click({ text }, { in: shown() });
      await slack.waitFor(() => title.test(headerOf(shown().blocks)));
    };
    await turn("Step 4", /^Step 4/);
    await turn("Next", /^Step 5/);
    const page = wordsOf(shown().blocks);
    expect(page).toContain("100000000002001");
    expect(page).toContain(world.tokenFile("orders").path);
    expect(page).not.toContain("WHATSAPP_ACCESS_TOKEN=");
    const other = await ask(flow, robin, "guide step 5");
    expect(wordsOf(other.blocks)).not.toContain("This guide shows the IDs");
    expect(slack.rejections()).toEqual([]);
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
