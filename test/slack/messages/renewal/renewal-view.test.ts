import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageRefusal } from "../../../../sandbox/slack/limits/message.ts";
import { type RenewalAction, RENEWAL_ACTIONS, type RenewalEntry } from "../../../../src/renewal/audit.ts";
import type { Detail } from "../../../../src/renewal/detail.ts";
import { STEPS } from "../../../../src/renewal/renewal.ts";
import type { ChannelMessage } from "../../../../src/slack/kit/channel-message.ts";
import { renewalButtons } from "../../../../src/slack/messages/renewal/buttons.ts";
import { renewalReply } from "../../../../src/slack/messages/renewal/reply-view.ts";
import { renewalMessage } from "../../../../src/slack/messages/renewal/renewal-view.ts";
import { aCard, after, NOW } from "../../../support/builders.ts";
import { ADMIN, aRenewal, aStep, RENEWALS } from "../../../support/renewals.ts";
import { plainMrkdwn, plainSlack } from "../../../docs/plain-slack.ts";
import { parsedTexts } from "../../support/parsed.ts";

const view = (name: string, offered: readonly RenewalAction[] = []): ChannelMessage =>
  renewalMessage(RENEWALS[name] ?? aRenewal(), offered, "UTC");
const besideBar = ({ attachments }: ChannelMessage) => attachments[0]?.blocks ?? [];
const shown = (message: ChannelMessage): string => plainSlack([...message.blocks, ...besideBar(message)]);

/** The rows that a text takes on a phone of 390 points, where a row has some 48 characters. */
const rowsOf = (text: string): number =>
  text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 48)), 0);

describe("the message of a renewal", () => {
  it("shows what happens, the progress, the task and the checklist, then the buttons, then the small print", () => {
    expect(shown(view("waiting for a token", ["paste", "cancel"]))).toBe(
      [
        "🔄 orders-prod: waiting for a new token",
        "",
        "Step 1 of 6: Get the new token  ● ○ ○ ○ ○ ○",
        "Generate the token as in the checklist.",
        "An admin then presses Paste new token… to continue.",
        "Expires: 27 Nov 2026, 08:00 UTC.",
        "Checklist",
        "1. In <https://business.facebook.com/latest/settings|Business settings>, open System users. Add one, or choose yours.",
        "2. Assign the app 100000000000042 and the WhatsApp account 100000000001001 to it, with full control.",
        "3. Generate the token: the app, Never or 60 days, then whatsapp_business_messaging and whatsapp_business_management.",
        "4. Never post the token in Slack.",
        "The token must reach the phone number 100000000002001.",
        "[Paste new token…] [Open guide] [Cancel]",
        "To be saved in: file /run/secrets/wa_token · Old token: fingerprint aaaaaaaaaaaa",
        "Started by <@U0ANNA>, 22 Nov 2026, 08:00 UTC, with a checklist.",
      ].join("\n"),
    );
  });

  it.each(Object.keys(RENEWALS))("fits on one phone screen, and Slack takes it: %s", (name) => {
    const message = view(name, ["paste", "end_old", "put_back", "cancel"]);
    expect(messageRefusal({ ...message }, "update")).toBeUndefined();
    expect(rowsOf(shown(message))).toBeLessThan(36);
  });

  it.each(Object.keys(RENEWALS))("has everything from its blocks in its text, in the same order: %s", (name) => {
    const message = view(name);
    const seen = [...message.blocks, ...besideBar(message)].filter(({ type }) => type !== "actions");
    expect(plainSlack(seen).replace("\n\n", "\n")).toBe(plainMrkdwn(message.text));
  });

  it.each<[RenewalAction, string, object]>([
    ["renew", "orders-prod", {}],
    ["paste", "renewal-1", { style: "primary" }],
    [
      "confirm_in_use",
      "renewal-1",
      {
        style: "primary",
        confirm: {
          text: {
            text: expect.stringMatching(
              /^Confirm only if checkout and crm use the new token already, .*restart\. An admin can then end the old token\.$/,
            ),
          },
        },
      },
    ],
    [
      "end_old",
      "renewal-1",
      { style: "danger", confirm: { text: { text: expect.stringMatching(/not watched stops too/) } } },
    ],
    ["put_back", "renewal-1", { confirm: { deny: { text: "Keep the new one" } } }],
    ["cancel", "renewal-1", { confirm: { confirm: { text: "Cancel renewal" } } }],
  ])("has the button %s only when it is offered, and asks before what is hard to undo", (action, value, fields) => {
    const elements = renewalButtons(RENEWALS["saved"] ?? aRenewal(), [action]).flatMap((block) => block.elements);
    const own = elements.filter(
      (element) => element.type === "button" && element.action_id?.startsWith("renewal.") === true,
    );
    expect(own).toMatchObject([{ value, ...fields }]);
  });

  it.each<[string, Detail, readonly string[], RegExp]>([
    [
      "the apps that give the old token",
      { kind: "old_in_use", consumers: ["https://checkout.example/token", "command /usr/bin/crm"] },
      ["checkout", "crm"],
      /^At the last check, the old token was still in use: https:\/\/checkout\.example\/token and command \/usr\/bin\/crm\. Confirm only if checkout and crm use/,
    ],
    [
      "an app that gives no answer",
      { kind: "proof_failed", consumer: "https://checkout.example/token", message: "It answered HTTP 500." },
      [],
      /did not learn which token is in use: https:\/\/checkout\.example\/token\. Confirm only if every app uses/,
    ],
    [
      "as many of them as fit",
      {
        kind: "old_in_use",
        consumers: Array.from({ length: 9 }, (_, app) => `https://app-${app}.example/${"long".repeat(9)}`),
      },
      Array.from({ length: 9 }, (_, app) => `a-very-long-name-of-an-app-${app}`),
      /https:\/\/app-0\.example\/.* and 8 more\. Confirm only if .* and 7 more use .* An admin can then end the old token\.$/,
    ],
  ])("names in the question before the use is confirmed: %s", (_, detail, consumers, question) => {
    const steps = [...(RENEWALS["saved"]?.steps ?? []), aStep("in_use", detail, { state: "not_proven" })];
    const [block] = renewalButtons(aRenewal({ steps, card: aCard({ consumers }) }), ["confirm_in_use"]);
    expect(block?.elements).toMatchObject([{ confirm: { text: { text: expect.stringMatching(question) } } }]);
  });

  it("has no buttons when nothing is offered", () => {
    expect(besideBar(view("done")).map(({ type }) => type)).toEqual(["context", "context"]);
  });

  it.each<[string, string | undefined]>([
    ["saved", "#daa038"],
    ["done", "#2eb67d"],
    ["both dead", "#d72b3f"],
    ["cancelled", undefined],
  ])("%s has the colour of its sign", (name, color) => {
    expect(view(name).attachments[0]?.color).toBe(color);
  });

  it("turns no foreign text into a mention, a link or a line, and stays within Slack's limits", () => {
    const foreign = fc.constantFrom(
      "<!channel>",
      "<@U0OTHER>",
      "&<>".repeat(900),
      "a\nb",
      "🚀".repeat(900),
      "`*_~".repeat(500),
    );
    fc.assert(
      fc.property(foreign, foreign, foreign, fc.subarray([...RENEWAL_ACTIONS]), (name, source, message, offered) => {
        const card = aCard({ name, source, consumers: [source], appId: message, whatsappBusinessAccountId: name });
        const steps = STEPS.slice(0, 3).map((step) => aStep(step, { kind: "not_saved", message }, { state: "failed" }));
        const renewal = aRenewal({
          card,
          steps,
          place: { key: "k", label: source },
          checklist: [{ item: "phone", name: message, proven: false }],
        });
        const made = renewalMessage(renewal, offered, "UTC");
        expect(messageRefusal({ ...made }, "update")).toBeUndefined();
        for (const text of parsedTexts(made)) expect(text).not.toMatch(/<!channel>|<@U0OTHER>/);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a reply in the thread of a renewal", () => {
  const entry = (event: RenewalEntry["event"]): RenewalEntry => ({
    kind: "renewal",
    at: NOW,
    by: ADMIN,
    watch: "orders-prod",
    renewal: "renewal-1",
    event,
  });

  it("about a wait of a day mentions the owner and the person who started, and says what to do", () => {
    const text = renewalReply(entry({ kind: "waits_a_day" }), aRenewal(), ["paste"], "UTC");
    expect(text).toMatch(/^<@U0123456789> <@U0ANNA> The step \*Get the new token\* has waited for a day/);
  });

  it("mentions the owner alone when the bot started", () => {
    const renewal = aRenewal({ startedBy: { kind: "bot" } });
    expect(renewalReply(entry({ kind: "waits_a_day" }), renewal, [], "UTC")).toMatch(/^<@U0123456789> The step/);
  });

  it("about a step calls nobody but names the person, with the time", () => {
    const text = renewalReply(
      entry({ kind: "step", result: aStep("write", { kind: "saved" }) }),
      aRenewal(),
      [],
      "UTC",
    );
    expect(plainMrkdwn(text)).toBe("Save it: done. The new token is saved. (<@U0ANNA>, 22 Nov 2026, 08:00 UTC)");
  });

  it("about a renewal that is gone is still sent", () => {
    expect(renewalReply({ ...entry({ kind: "waits_a_day" }), at: after(1) }, null, [], "UTC")).toMatch(
      /waited for a day/,
    );
  });
});
