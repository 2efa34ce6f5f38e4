import { describe, expect, it } from "vitest";
import type { Delivery } from "../../../../src/outbox/message.ts";
import type { ReplyCall } from "../../../../src/outbox/next-call.ts";
import type { RenewalEntry } from "../../../../src/renewal/audit.ts";
import type { Renewal } from "../../../../src/renewal/renewal.ts";
import { messageView, replyView } from "../../../../src/slack/messages/message-view.ts";
import { plainMrkdwn } from "../../../docs/plain-slack.ts";
import { aCard, NOW } from "../../../support/builders.ts";
import { aRenewal, aStep, RENEWALS } from "../../../support/renewals.ts";
import { written } from "../../support/harness.ts";
import { aMessage, REF } from "../../support/deliveries.ts";

const COMMAND = "wa-token renew --watch orders-prod";
const NOT_BEGUN = aStep(
  "obtain",
  { kind: "not_begun", obstacle: "not_known", message: "Meta did not answer.", urgent: false },
  { state: "failed", by: { kind: "bot" } },
);

const delivery = (renewal: Renewal): Delivery => ({
  message: aMessage({ kind: "renewal", subject: renewal.id }),
  alerts: [],
  body: null,
  renewal,
  owed: [],
});
const viewOf = (renewal: Renewal, renews: boolean) => messageView(delivery(renewal), "UTC", undefined, renews);
const textOf = (renewal: Renewal, renews = false): string => plainMrkdwn(viewOf(renewal, renews).text);

describe("a renewal while renewals from Slack are off", () => {
  it.each<[string, Renewal, string]>([
    ["waiting for a token", aRenewal(), `${COMMAND} --stdin`],
    ["a token that was not accepted", RENEWALS["not accepted"] ?? aRenewal(), `${COMMAND} --stdin`],
    ["use not proven", RENEWALS["use not proven"] ?? aRenewal(), `${COMMAND} --confirm-in-use`],
    ["in use", RENEWALS["in use"] ?? aRenewal(), `${COMMAND} --end-old`],
    ["cancelled", aRenewal({ endedAt: NOW, outcome: "cancelled" }), `${COMMAND} --stdin`],
    [
      "a refresh that could not begin",
      aRenewal({ way: "refresh", startedBy: { kind: "bot" }, steps: [NOT_BEGUN], endedAt: NOW, outcome: "failed" }),
      COMMAND,
    ],
  ])("names the command instead of a button: %s", (_name, renewal, command) => {
    expect(textOf(renewal)).toContain(`run ${command} in a terminal.`);
    expect(textOf(renewal)).not.toMatch(/press/i);
    expect(written(viewOf(renewal, false))).not.toContain("renewal.");
    expect(textOf(renewal, true)).not.toContain("in a terminal");
    expect(textOf(renewal, true)).toMatch(/press/i);
    expect(written(viewOf(renewal, true))).toContain('"action_id":"renewal.');
  });

  it("names no command while the bot works", () => {
    expect(textOf(aRenewal({ way: "refresh", working: true }))).not.toContain("in a terminal");
  });

  it.each([
    ["my shop", "'my shop'"],
    ["it's", String.raw`'it'\''s'`],
    ["$(id)", "'$(id)'"],
  ])("quotes a name with signs of the shell: %s", (name, quoted) => {
    expect(textOf(aRenewal({ card: aCard({ name }) }))).toContain(`renew --watch ${quoted} --stdin in a terminal.`);
  });

  it("names the command in the thread when a step has waited for a day", () => {
    const entry: RenewalEntry = {
      kind: "renewal",
      at: NOW,
      by: { kind: "bot" },
      watch: "orders-prod",
      renewal: "renewal-1",
      event: { kind: "waits_a_day" },
    };
    const call: ReplyCall = {
      kind: "reply",
      ref: REF,
      settles: [],
      replies: [],
      joined: [],
      left: [],
      entries: [entry],
      notice: true,
    };
    const said = (renews: boolean) => replyView(delivery(aRenewal()), call, "UTC", undefined, renews);
    expect(said(false)).toContain(`${COMMAND} --stdin`);
    expect(said(false)).not.toMatch(/press/i);
    expect(said(true)).toContain("An admin then presses *Paste new token…* to continue.");
  });
});
