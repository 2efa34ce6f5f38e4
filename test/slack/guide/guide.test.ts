import { describe, expect, it } from "vitest";
import type { GuideContext } from "../../../src/guide/context.ts";
import { plainText } from "../../../src/words/plain-text.ts";
import type { Spans } from "../../../src/guide/rich-text.ts";
import { guideTopics, setupTopics } from "../../../src/guide/topics.ts";
import { wholeGuideMessage } from "../../../src/slack/guide/guide-view.ts";
import { notFoundMessage } from "../../../src/slack/guide/not-found-view.ts";
import { slackCommand } from "../../../src/slack/kit/spans.ts";
import { topicMessage, topicModal } from "../../../src/slack/guide/topic-view.ts";
import { messageRefusal } from "../../../sandbox/slack/limits/message.ts";
import { viewProblems } from "../../../sandbox/slack/limits/view.ts";
import { createHarness, only, whats, written } from "../support/harness.ts";

const guide = { appName: "Wedding Planner", phoneNumberId: "100000000002001", businessId: "100000000009001" };
const hostile = { appName: "<!channel> & *".repeat(5_000), phoneNumberId: "9".repeat(40), businessId: "a b&c" };

const topic = (id: string, context: GuideContext = guide) => {
  const found = guideTopics(context).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no topic ${id}`);
  return found;
};

describe("the whole guide", () => {
  const whole = wholeGuideMessage(guide);

  it("has every step, the help with system users and the summary, in order", () => {
    const headers = whole.blocks.flatMap((block) => (block.type === "header" ? [block.text.text] : []));
    expect(headers).toEqual(setupTopics(guide).map(({ title }) => title));
    expect(headers).toHaveLength(8);
  });

  it("continues the numbering after sub-points", () => {
    const step4 = written(whole.blocks.filter((block) => block.type === "rich_text"));
    expect(step4).toContain(`"offset":4`);
    expect(step4).toContain(`"type":"rich_text_preformatted"`);
  });

  it("shows the table in two columns, header first", () => {
    const table = whole.blocks.find((block) => block.type === "section" && block.fields !== undefined);
    expect(table?.type === "section" && table.fields?.map(({ text }) => text)).toEqual([
      "*Token from API Setup*",
      "*System User token*",
      "Expires in 1–24 hours (or 60 days)",
      "Can be set to *Never* (or 60 days)",
      "Quick to get",
      "One-time setup in Business Settings",
      "Good for testing",
      `Good for production, no "Session has expired" errors`,
    ]);
  });

  it("marks its tips", () => {
    expect(written(whole.blocks).match(/"Tip: "/g)).toHaveLength(
      setupTopics(guide).reduce((sum, { tips }) => sum + tips.length, 0),
    );
  });

  it("holds every step in its text, for a screen reader", () => {
    const say = (spans: Spans) => plainText(spans, { command: slackCommand, date: String });
    const said = setupTopics(guide).flatMap(({ title, parts }) => [
      title,
      ...parts.flatMap((part) =>
        part.kind === "list" ? part.items.flatMap(({ spans, bullets = [] }) => [spans, ...bullets].map(say)) : [],
      ),
    ]);
    expect(said.filter((sentence) => !whole.text.includes(sentence))).toEqual([]);
    expect(said.length).toBeGreaterThan(40);
  });

  it("has the main buttons near the top too, because the guide is long", () => {
    const kinds = whole.blocks.map(({ type }) => type);
    expect(kinds.indexOf("actions")).toBe(kinds.indexOf("header", 1) - 1);
    const top = written(whole.blocks.find(({ type }) => type === "actions"));
    expect(top).toContain("Walk step by step");
    expect(top).toContain("Check a token");
  });

  it("leads to the steps, the check and Meta's pages, with labels", () => {
    const buttons = written(whole.blocks.at(-1));
    for (const id of ["guide.walk", "check.open", "guide.link.settings", "guide.link.apps", "guide.jump"])
      expect(buttons).toContain(`"action_id":"${id}"`);
    expect(buttons).toContain("system_users?business_id=100000000009001");
    expect(buttons).toContain("accessibility_label");
  });

  it.each([guide, hostile, { appName: "" }])("stays within Slack's limits (%#)", (context) => {
    const message = wholeGuideMessage(context);
    expect(messageRefusal({ ...message }, "update")).toBeUndefined();
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    expect(message.text).not.toContain("<!channel>");
  });
});

describe("one topic", () => {
  it.each(guideTopics(hostile).map(({ id }) => id))(
    "%s stays within Slack's limits, as answer and in a modal",
    (id) => {
      const found = topic(id, hostile);
      expect(messageRefusal({ ...topicMessage(hostile, found) }, "update")).toBeUndefined();
      expect(viewProblems({ ...topicModal(hostile, found) }, "modal")).toEqual([]);
    },
  );

  it("has buttons with the names of the topics before and after it", () => {
    const buttons = written(topicMessage(guide, topic("step-2")).blocks.at(-1));
    expect(buttons).toContain("Previous: Step 1: Open Business Settings");
    expect(buttons).toContain("Next: Step 3: Assign Your App and WhatsApp Account");
    expect(buttons).toContain(`"action_id":"guide.whole"`);
  });

  it("holds its summary and Slack commands in its text", () => {
    const { text } = topicMessage(guide, topic("scopes"));
    expect(text).toMatch(/^Permissions \(scopes\) that a token needs\nThe token needs two/);
    expect(text).toContain("generate a new token and enable both: /wa-token guide step 4.");
    expect(topicMessage(guide, topic("step-3")).text).toContain("\nTip: A missing WhatsApp account is the most common");
  });

  it("shows buttons of Meta's pages in bold and commands as code", () => {
    const { blocks } = topicMessage(guide, topic("leak"));
    expect(written(blocks)).toContain(`{"type":"text","text":"Revoke tokens","style":{"bold":true}}`);
    expect(written(blocks)).toContain(`{"type":"text","text":"/wa-token guide step 4","style":{"code":true}}`);
  });

  it.each(["expired", "scopes", "account", "leak"])(
    "%s leads to the step that makes a new token, in a modal too",
    (id) => {
      for (const { blocks } of [topicMessage(guide, topic(id)), topicModal(guide, topic(id))]) {
        expect(written(blocks.at(-1))).toMatch(
          /"action_id":"guide.step","text":\{[^}]*"text":"Step 4"[^}]*\},"value":"step-4"/,
        );
      }
    },
  );

  it.each([
    ["overview", false, true],
    ["summary", true, false],
    ["expired", false, true],
    ["live", true, true],
    ["errors", true, false],
  ])("%s: previous %s, next %s", (id, previous, next) => {
    const buttons = written(topicMessage(guide, topic(id)).blocks.at(-1));
    expect(buttons.includes("guide.previous")).toBe(previous);
    expect(buttons.includes("guide.next")).toBe(next);
  });
});

describe("/wa-token guide", () => {
  it("is acknowledged, then answered to the asker only", async () => {
    const harness = createHarness();
    await harness.command("guide");
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond")).toMatchObject({ response_type: "ephemeral", replace_original: false });
  });

  it.each([
    ["expired", "Replace an expired or revoked token"],
    ["scopes", "Permissions (scopes) that a token needs"],
    ["system users", `If you do not see "System users"`],
    ["190", "Replace an expired or revoked token"],
    ["step 4", "Step 4: Generate a Token for the System User"],
  ])("%s finds its topic", async (words, title) => {
    const harness = createHarness();
    await harness.command(`guide ${words}`);
    expect(only(harness, "respond").text).toMatch(new RegExp(`^${title.replaceAll(/[()?]/g, String.raw`\$&`)}\n`));
  });

  it("names the nearest topic and all topics when nothing fits, without the whole guide", async () => {
    const harness = createHarness();
    await harness.command("guide paymt foo");
    const answer = only(harness, "respond");
    expect(answer.text).toMatch(
      /^The guide has no topic about “paymt foo”\. Nearest topic: The token works, but messages do not arrive\. Run \/wa-token guide live to open it\.\nAll topics:\n/,
    );
    for (const { id, title } of guideTopics(guide))
      expect(answer.text).toContain(`${title}: /wa-token guide ${id.replaceAll("-", " ")}`);
    expect(answer.text).not.toContain("Go to business.facebook.com");
    expect(written(answer.blocks)).not.toContain("rich_text");
    expect(written(answer.blocks)).toMatch(/"action_id":"guide.walk".*"value":"live"/);
    expect(written(answer.blocks)).toContain(`"action_id":"guide.jump"`);
  });

  it("repeats at most 20 characters of an unknown search", async () => {
    const harness = createHarness();
    await harness.command(`guide ${"<!here> zzz ".repeat(1_000)}`);
    const { text = "" } = only(harness, "respond");
    expect(text).toMatch(/^The guide has no topic about “&lt;!here&gt; zzz …”\./);
    expect(text).not.toContain("<!here>");
  });

  it.each([guide, hostile, { appName: "" }])(
    "an answer without a topic stays within Slack's limits (%#)",
    (context) => {
      for (const words of ["x", "🚀 <b> ".repeat(20_000)])
        for (const nearest of guideTopics(context))
          expect(messageRefusal({ ...notFoundMessage(context, words, nearest) }, "update")).toBeUndefined();
    },
  );

  it("turns pages in the same message", async () => {
    const harness = createHarness();
    await harness.press("guide.walk", {}, { value: "step-1" });
    await harness.press("guide.next", {}, { value: "step-2" });
    await harness.press("guide.jump", {}, { type: "static_select", selected_option: { value: "leak" } });
    await harness.press("guide.whole");
    const answers = harness.deeds.filter(({ what }) => what === "respond").map((deed) => written(deed.with));
    expect(answers.map((answer) => answer.includes(`"replace_original":true`))).toEqual([true, true, true, true]);
    expect(answers.map((answer) => /"header","text":\{"type":"plain_text","text":"([^"]+)"/.exec(answer)?.[1])).toEqual(
      [
        "Step 1: Open Business Settings",
        "Step 2: Create a System User",
        "Revoke a leaked token",
        "Get a WhatsApp token that does not expire (System User)",
      ],
    );
  });

  it("shows the whole guide for a topic that no longer exists", async () => {
    const harness = createHarness();
    await harness.press("guide.next", {}, { value: "step-99" });
    expect(only(harness, "respond").text).toMatch(/^Get a WhatsApp token that does not expire/);
  });

  it("acknowledges the buttons that open a page and does nothing else", async () => {
    const harness = createHarness();
    await harness.press("guide.link.settings");
    await harness.press("guide.link.apps");
    expect(whats(harness)).toBe("ack ack");
  });

  it("turns pages inside a modal by updating it, and opens a topic on top of a result", async () => {
    const harness = createHarness();
    const view = { id: "V1", team_id: "T0HOME" };
    await harness.press("guide.beside", { view, response_url: undefined }, { value: "scopes" });
    expect(only(harness, "push")).toMatchObject({ trigger_id: "2.trigger" });
    await harness.press("guide.next", { view, response_url: undefined }, { value: "account" });
    expect(only(harness, "update")).toMatchObject({ view_id: "V1" });
    expect(whats(harness)).toBe("ack push ack update");
  });

  it("keeps the IDs of its watch on every page", async () => {
    const ofWatch = { appName: "", phoneNumberId: "100000000000077", watch: "shop-2" };
    const harness = createHarness({ guide: (watch) => (watch === "shop-2" ? ofWatch : { appName: "" }) });
    await harness.press("guide.beside", {}, { value: "step-4 shop-2" });
    await harness.press("guide.next", {}, { value: "step-5 shop-2" });
    await harness.press("guide.whole", {}, { value: "whole shop-2" });
    const [four, five, whole] = harness.deeds
      .filter(({ what }) => what === "respond")
      .map((deed) => written(deed.with));
    expect(four).toContain('"value":"step-5 shop-2"');
    expect(four).toContain('"value":"whole shop-2"');
    expect(four).toContain('"value":"leak shop-2"');
    expect(four).toContain("This guide shows the IDs and the token location of `shop-2`.");
    expect(five).toContain("100000000000077");
    expect(whole).toContain("100000000000077");
    expect(whole).toContain('"value":"step-1 shop-2"');
  });

  it("shows the general guide for a watch that no longer exists", async () => {
    const harness = createHarness();
    await harness.press("guide.next", {}, { value: "step-5 gone" });
    expect(written(only(harness, "respond"))).not.toContain("This guide shows the IDs");
  });

  it("sends the topic as a direct message when the modal cannot open", async () => {
    const base = createHarness();
    const push = () => Promise.reject(new Error("too late"));
    const harness = createHarness({
      people: { ...base.deps.people, views: { ...base.deps.people.views, push } },
    });
    await harness.press("guide.beside", { view: { id: "V1" }, response_url: undefined }, { value: "scopes" });
    expect(only(base, "dm")).toMatchObject({ channel: "U0ANNA" });
    expect(harness.errors).toEqual([]);
  });
});
