import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageRefusal } from "../../../sandbox/slack/limits/message.ts";
import { isViewTooLarge, viewProblems } from "../../../sandbox/slack/limits/view.ts";
import { checkingView } from "../../../src/slack/check/checking-view.ts";
import { formView } from "../../../src/slack/check/form-view.ts";
import { resultMessage, resultView } from "../../../src/slack/check/result-view.ts";
import { unknownWatchMessage } from "../../../src/slack/requests/find-watch.ts";
import { helpMessage } from "../../../src/slack/help/help-view.ts";
import { homeView } from "../../../src/slack/home/home-view.ts";
import { noticeHome } from "../../../src/slack/home/notice-home.ts";
import { leakMessage } from "../../../src/slack/requests/leak-view.ts";
import { errorReply } from "../../../src/slack/requests/listener-error.ts";
import { noticeView } from "../../../src/slack/kit/notice-view.ts";
import { statusMessage } from "../../../src/slack/status/status-view.ts";
import { watchMessage } from "../../../src/slack/status/watch-view.ts";
import { CATALOGUE } from "../../../src/token/findings/catalogue.ts";
import type { FindingCode } from "../../../src/token/findings/finding.ts";
import type { Verdict } from "../../../src/token/verdict.ts";
import { NEW_WATCH } from "../../../src/alert/alert.ts";
import type { Undelivered } from "../../../src/outbox/outbox.ts";
import type { WatchRecord } from "../../../src/watch/ports.ts";
import {
  aCard,
  after,
  aFailure,
  aFinding,
  anAlert,
  anEvidence,
  anUnknown,
  aVerdict,
  NOW,
} from "../../support/builders.ts";
import { aCheckOutcome } from "../support/harness.ts";
import { homeListsOf, overviewOf } from "../../support/watch-reads.ts";
import { anEntry } from "../support/history.ts";
import { bookOf } from "../../../src/watch/watch-book.ts";

const CODES = Object.keys(CATALOGUE) as FindingCode[];

const longText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom(
    "",
    " ",
    "<!channel>",
    "&<>".repeat(3_000),
    "🚀".repeat(9_000),
    "`*_~".repeat(2_000),
    "مرحبا ".repeat(3_000),
  ),
);
const evidence = fc.record({ call: longText, trace: longText }).map((fields) => anEvidence(fields));
const findings = fc
  .uniqueArray(fc.constantFrom(...CODES), { maxLength: CODES.length })
  .chain((codes) =>
    fc
      .tuple(evidence)
      .map(([proof]) =>
        codes.map((code) => aFinding(code, { evidence: proof, notRecheckedSince: NOW, objects: ["1"] })),
      ),
  );
const asset = fc.record({ id: longText, name: longText, message: longText }).chain(({ id, name, message }) =>
  fc.record({
    kind: fc.constantFrom("phone" as const, "waba" as const),
    id: fc.constant(id),
    name: fc.constant(name),
    reach: fc.constantFrom("reached" as const, "refused" as const, "not_known" as const),
    sending: fc.constantFrom("available" as const, "limited" as const, "blocked" as const, null),
    failure: fc.constantFrom(null, aFailure({ message })),
  }),
);
const scopes = fc.array(longText, { maxLength: 300 });
const verdict: fc.Arbitrary<Verdict> = fc.oneof(
  fc
    .record({ findings, evidence, assets: fc.array(asset, { maxLength: 2 }), scopes, missing: scopes, name: longText })
    .map(({ scopes: granted, missing, name, ...fields }) =>
      aVerdict({
        ...fields,
        token: {
          scopes: granted,
          missingScopes: missing,
          extraScopes: granted.slice(1),
          appName: name,
          type: name,
          userId: name,
          expiry: { kind: "at", at: after(1) },
          dataAccess: { kind: "at", at: after(2) },
        },
      }),
    ),
  longText.map((message) => anUnknown({ message })),
);

const refusal = (message: object) => messageRefusal({ ...message }, "update");

describe("whatever the texts, Slack takes", () => {
  it("the result of a check, as view and as message", () => {
    fc.assert(
      fc.property(verdict, longText, scopes, (found, note, requiredScopes) => {
        const against = { requiredScopes, phoneNumberId: note, whatsappBusinessAccountId: undefined };
        const outcome = aCheckOutcome({ verdict: found, note, against, reusedFrom: NOW });
        const result = { outcome, typed: false, now: NOW, timezone: "Pacific/Chatham" };
        expect(viewProblems({ ...resultView(result) }, "modal")).toEqual([]);
        expect(isViewTooLarge({ ...resultView(result) })).toBe(false);
        expect(refusal(resultMessage(result))).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  const record: fc.Arbitrary<WatchRecord> = fc
    .record({ name: longText, verdict, message: longText, error: longText, channel: longText })
    .map(({ name, verdict: found, message, error, channel }) => ({
      name,
      state: {
        ...NEW_WATCH,
        verdict: found,
        failing: { failure: aFailure({ message }), since: NOW, tries: 9 },
        alert: anAlert({
          verdict: found,
          acknowledged: { by: message, at: NOW },
          snoozed: { by: message, at: NOW, until: after(1), reason: message },
          escalatedAt: NOW,
        }),
      },
      checkedAt: NOW,
      nextDueAt: after(1),
      owed: true,
      undelivered: { error, channel, retryAt: after(1) },
    }));
  const owed = (text: string): readonly Undelivered[] =>
    (["escalation", "digest", "group", "alert", "fallback", "reminders", "absence"] as const).map((kind, index) => ({
      watch: text,
      kind,
      channel: `${text}${index}`,
      error: text,
      urgent: true,
    }));

  it("the status of many watches and of one", () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 90 }), longText, (records, text) => {
        const cards = records.map(({ name }) => ({
          ...aCard({ name, source: text, consumers: Array.from({ length: 200 }, () => text) }),
          sourceNote: text,
        }));
        const common = { ...overviewOf(records, NOW), quietUntil: after(9), timezone: "UTC", undelivered: owed(text) };
        const history = Array.from({ length: 21 }, () =>
          anEntry({ cause: { kind: "text", text }, remark: text, by: text }),
        );
        for (const which of ["all", "open"] as const)
          for (const next of [null, text]) {
            const query = { which, part: text.slice(0, 100), after: next ?? undefined };
            const page = { records: next === null ? records : records.slice(0, 20), next, isWhole: next === null };
            const status = { ...page, query, total: records.length, cards: bookOf(cards), ...common };
            expect(refusal(statusMessage(status))).toBeUndefined();
          }
        for (const [index, one] of records.slice(0, 3).entries())
          expect(refusal(watchMessage({ record: one, card: cards[index], history, ...common }))).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it("the Home of many watches", () => {
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 200 }),
        longText,
        fc.boolean(),
        fc.boolean(),
        (records, text, over, isWhole) => {
          const cards = records.map(({ name }) => ({ ...aCard({ name }), sourceNote: text }));
          const history = Array.from({ length: 20 }, () =>
            anEntry({ watch: text, cause: { kind: "text", text }, remark: text, by: text }),
          );
          const shown = records.map((one, index) => ({
            ...one,
            state: {
              ...one.state,
              alert: over ? null : one.state.alert && { ...one.state.alert, id: `${index}${text}` },
            },
          }));
          const view = {
            ...homeView({
              ...overviewOf(shown, NOW),
              ...homeListsOf(shown, isWhole),
              undelivered: owed(text),
              cards: bookOf(cards),
              history,
              allowed: 2,
              quietUntil: after(9),
              timezone: "UTC",
              renews: true,
            }),
          };
          expect(viewProblems(view, "home")).toEqual([]);
          expect(isViewTooLarge(view)).toBe(false);
          expect(viewProblems({ ...noticeHome(text) }, "home")).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("every short answer", () => {
    fc.assert(
      fc.property(longText, fc.array(longText, { maxLength: 300 }), (text, names) => {
        expect(refusal(helpMessage(text))).toBeUndefined();
        expect(refusal(unknownWatchMessage(names, names.length, text))).toBeUndefined();
        expect(viewProblems({ ...noticeView(text) }, "modal")).toEqual([]);
      }),
    );
    expect(refusal(helpMessage(undefined))).toBeUndefined();
    expect(refusal(leakMessage())).toBeUndefined();
    expect(refusal(errorReply("0a1b2c3d"))).toBeUndefined();
    expect(viewProblems({ ...checkingView() }, "modal")).toEqual([]);
  });

  it.each([0, 1, 100, 101, 5_000])("the form with %i watches of the longest name", (count) => {
    const watches = Array.from({ length: count }, (_, index) => `w${index}`.padEnd(64, "x"));
    for (const chosen of [undefined, watches.at(-1)])
      for (const withIds of [false, true])
        expect(viewProblems({ ...formView({ watches, chosen, suffix: "0a1b2c3d", withIds }) }, "modal")).toEqual([]);
  });
});
