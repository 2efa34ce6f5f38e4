import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageRefusal } from "../../../sandbox/slack/limits/message.ts";
import { LIMITS } from "../../../src/slack/kit/blocks.ts";
import { type ChannelMessage, minimal, shortened, wordsOnly } from "../../../src/slack/kit/channel-message.ts";
import { groupMessage } from "../../../src/slack/messages/group/group-view.ts";
import { messageView, replyView } from "../../../src/slack/messages/message-view.ts";
import type { Alert, Reason } from "../../../src/alert/alert.ts";
import type { Delivery, MessageKind } from "../../../src/outbox/message.ts";
import { aCard, aFailure, aFinding, after, anAlert, anEvidence, aVerdict, NOW } from "../../support/builders.ts";
import { aGroup } from "../support/group.ts";
import { anEntry } from "../support/history.ts";
import { aGroupDelivery, aList, aMessage, anAlertDelivery, aReport, REF, WORKSPACE } from "../support/deliveries.ts";
import { aRow, aTable } from "../support/digest.ts";
import { blocksLength, parsedTexts } from "../support/parsed.ts";

const longText = fc.constantFrom(
  "",
  " ",
  "short",
  "<!channel>",
  "&<>".repeat(3_000),
  "🚀".repeat(9_000),
  "`*_~\n".repeat(2_000),
  "مرحبا ".repeat(3_000),
);

const anyAlert: fc.Arbitrary<Alert> = fc
  .record({
    words: fc.tuple(longText, longText, longText),
    kind: fc.constantFrom("problem" as const, "not_checked" as const),
    code: fc.constantFrom("revoked" as const, "scope_missing" as const, "expires_soon" as const),
    resolution: fc.constantFrom(null, null, "recovered" as const, "unwatched" as const),
    person: fc.integer({ min: 0, max: 60 }).map((number) => `U0PERSON${number}`),
  })
  .map(({ words: [one, two, three], kind, code, resolution, person }) =>
    anAlert({
      kind,
      resolution,
      resolvedAt: resolution === null ? null : after(1),
      severity: "critical",
      criticalSince: NOW,
      acknowledged: { by: person, at: NOW },
      snoozed: { by: person, at: NOW, until: after(1), reason: three.slice(0, 300) },
      failing: { failure: aFailure({ message: three, evidence: anEvidence({ call: two }) }), since: NOW, tries: 9 },
      verdict: aVerdict({
        findings: [aFinding(code)],
        evidence: anEvidence({ call: one, trace: two }),
        assets: [{ kind: "phone", id: one, name: three, reach: "reached", sending: null, failure: null }],
        token: { appName: two },
      }),
      card: aCard({
        name: one,
        source: two,
        owner: person,
        oncall: "S0TEAM",
        consumers: Array.from({ length: 100 }, () => three),
        phoneNumberId: one,
        channel: three,
      }),
    }),
  );

const REVOKED = aVerdict({ findings: [aFinding("revoked")] });

const alertList = fc.array(anyAlert, { minLength: 1, maxLength: 60 });

/** Why Slack would not take it as a post or an edit, or why nobody should; undefined when all is well. */
const problemOf = (message: ChannelMessage): unknown => {
  if (message.text.length > 4_000 || message.text.trim() === "") return `text of ${message.text.length}`;
  if (blocksLength(message) > LIMITS.messageBlocksText) return `blocks of ${blocksLength(message)}`;
  if (parsedTexts(message).some((text) => text.includes("<!channel>"))) return "calls everybody";
  return messageRefusal({ ...message }, "post") ?? messageRefusal({ ...message }, "update");
};

describe("however much there is to say, Slack takes", () => {
  it("a group, shortened too, with its first line in front", () => {
    fc.assert(
      fc.property(alertList, (alerts) => {
        const message = groupMessage(aGroup(), alerts, "Pacific/Chatham", false);
        const less = [shortened(message), wordsOnly(message.text), minimal(message)];
        expect([message, ...less].map(problemOf)).toEqual([undefined, undefined, undefined, undefined]);
        expect(message.text).toMatch(
          /^(🔴|🟠) \*\d+ (tokens?|watch(es)?) .*\n.*<@|^✅ \*(Fixed|Ended|No longer watched): /u,
        );
      }),
      { numRuns: 100 },
    );
  });

  it("the menu of a group, with names as long as they may be", () => {
    const names = fc.array(fc.stringMatching(/^[a-z]{1,64}$/), { minLength: 1, maxLength: 130 });
    fc.assert(
      fc.property(names, (all) => {
        const alerts = all.map((name, index) =>
          anAlert({ id: `alert-${index}`, card: aCard({ name }), verdict: REVOKED }),
        );
        const message = groupMessage(aGroup(), alerts, "UTC", true);
        expect([message, shortened(message)].map(problemOf)).toEqual([undefined, undefined]);
      }),
      { numRuns: 50 },
    );
  });

  it("a reply, in the thread of any message", () => {
    const reasons = fc.constantFrom<Reason>("reminder", "snoozed", "worse", "recovered", "escalated", "last_day");
    fc.assert(
      fc.property(alertList, reasons, fc.boolean(), (alerts, reason, isLinked) => {
        const words = alerts.map((alert, index) => ({
          alert,
          reply: { reason, at: NOW, notice: true, verdict: alert.verdict, by: `U${index}` },
        }));
        const call = {
          kind: "reply",
          ref: REF,
          replies: words,
          joined: alerts,
          left: alerts,
          entries: [],
          notice: true,
          settles: [],
        } as const;
        const links = isLinked ? WORKSPACE : undefined;
        for (const kind of ["alert", "group", "escalation", "fallback", "reminders"] as const) {
          const delivery: Delivery = { ...aGroupDelivery(alerts), message: aMessage({ kind }) };
          expect(problemOf(wordsOnly(replyView(delivery, call, "Pacific/Chatham", links)))).toBeUndefined();
        }
      }),
      { numRuns: 100 },
    );
  });

  const ofAlerts = fc.record({ alerts: alertList, text: longText }).chain(({ alerts, text }) => {
    const [first = anAlert()] = alerts;
    const homes = alerts.map((_, index) => (index % 2 === 0 ? REF : null));
    const moved: Delivery = { ...anAlertDelivery(first), alerts: [{ alert: first, as: "former", home: REF }] };
    return fc.constantFrom<Delivery>(
      anAlertDelivery(first),
      moved,
      aGroupDelivery(alerts),
      aList("escalation", alerts, { homes }),
      aList("reminders", alerts, { homes }),
      aList("fallback", alerts, { homes, body: { kind: "fallback", channel: text, error: text } }),
    );
  });
  const reports = fc.array(longText, { maxLength: 200 }).chain((texts) =>
    fc.constantFrom<Delivery>(
      aReport({
        kind: "absence",
        from: NOW,
        to: after(1),
        watches: 3,
        missed: texts.slice(0, 50).map((text) => anEntry({ watch: text, cause: { kind: "text", text }, remark: text })),
        more: 9,
      }),
      aReport({
        kind: "digest",
        ...aTable(
          texts.map((text) => aRow({ watch: text, extraScopes: Array.from({ length: 50 }, () => text), old: true })),
          { more: 9 },
        ),
      }),
    ),
  );

  it("messages of every kind", () => {
    const seen = new Set<MessageKind>();
    fc.assert(
      fc.property(fc.oneof(ofAlerts, reports), fc.constantFrom(WORKSPACE, undefined), (delivery, links) => {
        seen.add(delivery.message.kind);
        const message = messageView(delivery, "Pacific/Chatham", links);
        const less = [shortened(message), wordsOnly(message.text), minimal(message)];
        expect([message, ...less].map(problemOf)).toEqual([undefined, undefined, undefined, undefined]);
      }),
      { numRuns: 300 },
    );
    expect(seen.size).toBe(7);
  });
});
