import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageRefusal } from "../../sandbox/slack/limits/message.ts";
import { type ChannelMessage, minimal, shortened, wordsOnly } from "../../src/slack/channel-message.ts";
import { groupMessage } from "../../src/slack/group/group-view.ts";
import { groupReplyText } from "../../src/slack/group/reply-view.ts";
import { noteMessage } from "../../src/slack/note/note-view.ts";
import type { Alert } from "../../src/watch/alert.ts";
import type { NoteBody } from "../../src/watch/note.ts";
import { aCard, aFailure, aFinding, after, anAlert, anEvidence, aVerdict, NOW } from "../support/builders.ts";
import { aGroup } from "./support/group.ts";
import { anEntry } from "./support/history.ts";
import { aNote, aRow, aTable } from "./support/notes.ts";

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
        findings: [aFinding(code, { message: one, remedy: two })],
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

const alertList = fc.array(anyAlert, { minLength: 1, maxLength: 60 });

/** Why Slack would not take it as a post or an edit, or why nobody should; undefined when all is well. */
const problemOf = (message: ChannelMessage): unknown => {
  if (message.text.length > 4_000 || message.text.trim() === "") return `text of ${message.text.length}`;
  if (JSON.stringify(message).includes("<!channel>")) return "calls everybody";
  return messageRefusal({ ...message }, "post") ?? messageRefusal({ ...message }, "update");
};

describe("however much there is to say, Slack takes", () => {
  it("a group, shortened too, with its first line in front", () => {
    fc.assert(
      fc.property(alertList, (alerts) => {
        const message = groupMessage(aGroup(), alerts, "Pacific/Chatham");
        const less = [shortened(message), wordsOnly(message.text), minimal(message)];
        expect([message, ...less].map(problemOf)).toEqual([undefined, undefined, undefined, undefined]);
        expect(message.text).toMatch(/^(<\S+ |and \d+ more )*(Critical|Fixed|Over|No longer watched): /);
      }),
      { numRuns: 100 },
    );
  });

  it("a reply to a group", () => {
    fc.assert(
      fc.property(alertList, fc.constantFrom("reminder" as const, "snoozed" as const), (alerts, reason) => {
        const replies = alerts.map((alert, index) => ({
          alert,
          reply: { revision: 2, reason, at: NOW, notice: true, verdict: alert.verdict, by: `U${index}` },
        }));
        const owed = { replies, joined: alerts, left: alerts, notice: true };
        expect(problemOf(wordsOnly(groupReplyText(owed, "Pacific/Chatham")))).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it("notes of every kind", () => {
    const bodies: fc.Arbitrary<readonly NoteBody[]> = fc.oneof(
      fc
        .array(anyAlert, { minLength: 1, maxLength: 40 })
        .chain((alerts) =>
          fc
            .tuple(
              fc.constantFrom("escalation" as const, "escalation_over" as const, "refused_channel" as const),
              longText,
            )
            .map(([kind, text]) =>
              alerts.map((alert, index) =>
                kind === "refused_channel"
                  ? { kind, alert, others: alerts, channel: `${text}${index}`, error: text, more: 3 }
                  : { kind, alert },
              ),
            ),
        ),
      fc.array(longText, { maxLength: 50 }).map((texts) => [
        {
          kind: "comeback" as const,
          from: NOW,
          to: after(1),
          watches: 3,
          missed: texts.map((text) => anEntry({ watch: text, cause: text, remark: text })),
          more: 9,
        },
      ]),
      fc.array(longText, { maxLength: 200 }).map((texts) => [
        {
          kind: "digest" as const,
          ...aTable(
            texts.map((text) => aRow({ watch: text, extraScopes: Array.from({ length: 50 }, () => text), old: true })),
            { more: 9 },
          ),
        },
      ]),
    );
    fc.assert(
      fc.property(bodies, (list) => {
        const notes = list.map((body) => aNote(body));
        expect(problemOf(noteMessage(notes, "Pacific/Chatham"))).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });
});
