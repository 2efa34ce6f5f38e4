import { describe, expect, it } from "vitest";
import { plainText } from "../../src/guide/plain-text.ts";
import { guideTopics, setupTopics } from "../../src/guide/topics.ts";
import { wholeGuideMessage } from "../../src/slack/guide/guide-view.ts";
import { topicById, topicMessage, topicModal } from "../../src/slack/guide/topic-view.ts";
import { messageRefusal } from "../../sandbox/slack/limits/message.ts";
import { viewProblems } from "../../sandbox/slack/limits/view.ts";
import { createHarness, only, whats, written } from "./support/harness.ts";

const guide = { appName: "Wedding Planner", phoneNumberId: "100000000002001", businessId: "100000000009001" };
const hostile = { appName: "<!channel> & *".repeat(5_000), phoneNumberId: "9".repeat(40), businessId: "a b&c" };

const topic = (id: string) => {
  const found = topicById(guide, id);
  if (found === undefined) throw new Error(`no topic ${id}`);
  return found;
};

describe("the whole guide", () => {
  const whole = wholeGuideMessage(guide);

  it("has every step, the missing menu and the summary, in order", () => {
    const headers = whole.blocks.flatMap((block) => (block.type === "header" ? [block.text.text] : []));
    expect(headers).toEqual(setupTopics(guide).map(({ title }) => title));
    expect(headers).toHaveLength(8);
  });

  it("numbers go on where a list is interrupted", () => {
    const step4 = written(whole.blocks.filter((block) => block.type === "rich_text"));
    expect(step4).toContain(`"offset":3`);
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
      `Good for production / no "Session has expired"`,
    ]);
  });

  it("marks what was added to the original", () => {
    expect(written(whole.blocks).match(/"Added: "/g)).toHaveLength(
      setupTopics(guide).reduce((sum, { notes }) => sum + notes.length, 0),
    );
  });

  it("says everything in its text alone, for a screen reader", () => {
    const said = setupTopics(guide).flatMap(({ title, parts, notes }) => [
      title,
      ...parts.flatMap((part) => (part.kind === "list" ? part.items.map(({ spans }) => plainText(spans)) : [])),
      ...notes.map(({ advice }) => plainText(advice)),
    ]);
    expect(said.filter((sentence) => !whole.text.includes(sentence))).toEqual([]);
    expect(said.length).toBeGreaterThan(45);
  });

  it("offers to walk and to check on top as well, where nobody has scrolled yet", () => {
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
    const message = wholeGuideMessage(context, "🚀 <b> ".repeat(20_000));
    expect(messageRefusal({ ...message }, "update")).toBeUndefined();
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    expect(message.text).not.toContain("<!channel>");
  });
});

describe("one topic", () => {
  it.each(guideTopics(hostile).map(({ id }) => id))(
    "%s stays within Slack's limits, as answer and in a modal",
    (id) => {
      const found = topicById(hostile, id);
      if (found === undefined) throw new Error(id);
      expect(messageRefusal({ ...topicMessage(hostile, found) }, "update")).toBeUndefined();
      expect(viewProblems({ ...topicModal(hostile, found) }, "modal")).toEqual([]);
    },
  );

  it("leads to its neighbours and says their names", () => {
    const buttons = written(topicMessage(guide, topic("step-2")).blocks.at(-1));
    expect(buttons).toContain("Previous: Step 1: Open Business Settings");
    expect(buttons).toContain("Next: Step 3: Assign Your App to the System User");
    expect(buttons).toContain(`"action_id":"guide.whole"`);
  });

  it("says in its text alone that it was added to the original", () => {
    const { text } = topicMessage(guide, topic("scopes"));
    expect(text).toMatch(/^Permissions \(scopes\)\nAdded to the original guide\. The token needs two/);
    expect(topicMessage(guide, topic("step-2")).text).toContain("\nAdded: the role Employee is enough");
    expect(topicMessage(guide, topic("step-2")).text).not.toContain("original guide");
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
    ["live", true, false],
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
    ["expired", "The token is dead: what now"],
    ["scopes", "Permissions (scopes)"],
    ["system users", `If you don't see "System users"`],
    ["190", "The token is dead: what now"],
    ["step 4", "Step 4: Generate a Token for the System User"],
  ])("%s finds its topic", async (words, title) => {
    const harness = createHarness();
    await harness.command(`guide ${words}`);
    expect(only(harness, "respond").text).toMatch(new RegExp(`^${title.replaceAll(/[()?]/g, String.raw`\$&`)}\n`));
  });

  it("shows the whole guide when nothing fits, and repeats at most 20 characters", async () => {
    const harness = createHarness();
    await harness.command(`guide ${"<!here> zzz ".repeat(1_000)}`);
    const { text = "" } = only(harness, "respond");
    expect(text).toMatch(/^No topic is about “&lt;!here&gt; zzz …”\. Here is the whole guide/);
    expect(text).not.toContain("<!here>");
  });

  it("walks in the same answer, and back", async () => {
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
        "A token leaked",
        "WhatsApp token that doesn't expire (System User)",
      ],
    );
  });

  it("shows the whole guide for a topic that is gone", async () => {
    const harness = createHarness();
    await harness.press("guide.next", {}, { value: "step-99" });
    expect(only(harness, "respond").text).toMatch(/^WhatsApp token that doesn't expire/);
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

  it("sends the topic directly when the modal takes it no more", async () => {
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
