import { describe, expect, it } from "vitest";
import { replyText } from "../../../../src/slack/messages/alert/reply-view.ts";
import type { Alert, Reason, Reply } from "../../../../src/alert/alert.ts";
import { aCard, aFailure, aFinding, after, anAlert, anExpiring, aVerdict, NOW } from "../../../support/builders.ts";

const expired = aVerdict({ findings: [aFinding("expired")] });
const LINK = "https://acme.slack.com/archives/C0ALERTS/p1700000000000100";
const DATE = String.raw`<!date\^\d+\^\{date_short_pretty\} \{time\}\|[^>]+>`;

const said = (reason: Reason, alert: Partial<Alert> = {}, fields: Partial<Reply> = {}, link?: string): string =>
  replyText(anAlert(alert), { reason, at: NOW, notice: false, verdict: expired, by: null, ...fields }, "UTC", link);

describe("a reply in the thread of an alert, as Slack gets it", () => {
  it.each<[string, Partial<Alert>, boolean, RegExp]>([
    ["people must notice it", {}, true, /^<@U0123456789> Still not fixed: /],
    [
      "with on-call",
      { card: aCard({ oncall: "S0TEAM" }) },
      true,
      /^<@U0123456789> <!subteam\^S0TEAM> Still not fixed: /,
    ],
    ["nobody must notice it", { card: aCard({ oncall: "S0TEAM" }) }, false, /^Still not fixed: /],
    ["it has no owner", { card: aCard({ owner: undefined }) }, true, /^Still not fixed: /],
    [
      "its owner is no Slack ID",
      { card: aCard({ owner: "everyone", oncall: "<!channel>" }) },
      true,
      /^Still not fixed: /,
    ],
  ])("notifies the owner and on-call, and nobody else, when %s", (_name, alert, notice, start) => {
    expect(said("reminder", alert, { notice })).toMatch(start);
  });

  it("shows the name in bold, dates in each reader's zone, and a link to the message", () => {
    expect(said("reminder", {}, {}, LINK)).toMatch(
      new RegExp(
        `^Still not fixed: \\*orders-prod\\* \\(degraded\\), alert open since ${DATE}\\. <${LINK}\\|Open the alert>$`,
      ),
    );
    const verdict = anExpiring("3d", after(86_400_000));
    expect(said("last_day", { verdict }, { verdict })).toMatch(
      new RegExp(`^Last day: \\*orders-prod\\* expires ${DATE}\\.`),
    );
  });

  it("names the person who pressed", () => {
    expect(said("acknowledged", {}, { by: "U0ANNA" })).toMatch(/^Taken by <@U0ANNA>: \*orders-prod\*\./);
  });

  it.each<[Reason, Partial<Alert>]>([
    ["worse", {}],
    ["stale", { failing: { failure: aFailure({ message: "<!channel>\n<@U0VICTIM>" }), since: NOW, tries: 3 } }],
    [
      "snoozed",
      { snoozed: { by: "U0ANNA", at: NOW, until: after(1), reason: "<!channel>\n<https://evil.example|fine>" } },
    ],
  ])("turns no foreign text into a mention, a link or a line: %s", (reason, alert) => {
    const card = aCard({ name: "<!channel>\n<@U0VICTIM>" });
    expect(said(reason, { card, ...alert }, { by: "U0ANNA", notice: true })).not.toMatch(
      /<!channel|<@U0VICTIM|<https|\n/,
    );
  });
});
