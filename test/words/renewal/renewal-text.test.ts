import { describe, expect, it } from "vitest";
import type { RenewalEntry } from "../../../src/renewal/audit.ts";
import type { Renewal } from "../../../src/renewal/renewal.ts";
import { happensText, renewalText } from "../../../src/words/renewal/renewal-text.ts";
import { renewalLine } from "../../../src/words/renewal/renewal-line.ts";
import { actionsOf } from "../../../src/renewal/rules/next-step.ts";
import { after, NOW } from "../../support/builders.ts";
import { ADMIN, aRenewal, aStep, RENEWALS } from "../../support/renewals.ts";
import { read } from "../support/read.ts";

const of = (name: string) => RENEWALS[name] ?? aRenewal();
const textOf = (name: string, ...offered: Parameters<typeof renewalText>[1]) => renewalText(of(name), offered);

describe("a renewal in words", () => {
  it.each<[string, string, string]>([
    ["waiting for a token", "🔄 orders-prod: waiting for a new token", "Step 1 of 6: Get the new token  ● ○ ○ ○ ○ ○"],
    ["refreshing", "🔄 orders-prod: getting a new token", "Step 1 of 6: Get the new token  ● ○ ○ ○ ○ ○"],
    ["crashed", "🔄 orders-prod: interrupted, result not known yet", "Step 3 of 6: Save it  ✓ ✓ ● ○ ○ ○"],
    ["place refused", "🟠 orders-prod: renewal failed", "Ended at step 3 of 6: Save it  ○ ○ ✗ ○ ○ ○"],
    ["not accepted", "🔄 orders-prod: new token not accepted", "Step 2 of 6: Test it  ✓ ✗ ○ ○ ○ ○"],
    ["saved", "🔄 orders-prod: new token saved", "Step 4 of 6: Read it back  ✓ ✓ ✓ ● ○ ○"],
    ["a person saves", "🔄 orders-prod: new token tested, not saved yet", "Step 4 of 6: Read it back  ✓ ✓ – ● ○ ○"],
    [
      "use not proven",
      "🔄 orders-prod: new token saved, use not proven",
      "Step 5 of 6: Prove that it is in use  ✓ ✓ ✓ ✓ ● ○",
    ],
    [
      "in use",
      "🔄 orders-prod: new token in use, old token not ended yet",
      "Step 6 of 6: End the old token  ✓ ✓ ✓ ✓ ✓ ●",
    ],
    ["done", "✅ orders-prod: token renewed", "All 6 steps are complete.  ✓ ✓ ✓ ✓ ✓ ✓"],
    ["both dead", "🔴 orders-prod: both tokens are dead", "Ended at step 6 of 6: End the old token  ✓ ✓ ✓ ✓ ✓ ✗"],
    ["refused by Meta", "🟠 orders-prod: renewal failed", "Ended at step 1 of 6: Get the new token  ✗ ○ ○ ○ ○ ○"],
    ["cancelled", "⚪ orders-prod: renewal cancelled", "Ended at step 1 of 6: Get the new token  ○ ○ ○ ○ ○ ○"],
    ["put back", "⚪ orders-prod: old token put back", "Ended at step 4 of 6: Read it back  ✓ ✓ ✓ ○ ○ ○"],
  ])("%s: says what happens, and the progress in words before signs", (name, headline, progress) => {
    const text = textOf(name);
    expect(read(text.headline)).toBe(headline);
    expect(read(text.progress)).toBe(progress);
    expect(headline).toContain(happensText(of(name)));
  });

  it.each<[string, string]>([
    ["waiting for a token", "Expires: 2026-11-27 08:00 UTC."],
    ["in use", "Expires: 2026-11-27 08:00 UTC → never."],
    ["put back", "Expires: 2026-11-27 08:00 UTC."],
    ["first set-up", ""],
  ])("%s: shows the expiry before and after", (name, expiry) => {
    expect(read(textOf(name).expiry)).toBe(expiry);
  });

  it.each<[string, Parameters<typeof renewalText>[1], RegExp]>([
    ["waiting for a token", ["paste", "cancel"], /^Generate the token as in the checklist\.$/],
    ["not accepted", ["paste", "cancel"], /lacks whatsapp_business_management.*Then press "Paste new token…"/],
    ["a person saves", ["cancel"], /^Save the new token in variable ORDERS_TOKEN/],
    ["still old", ["cancel"], /^The source still gives the old token/],
    ["use not proven", ["confirm_in_use"], /Restart checkout and crm.*press "Confirm in use"/],
    [
      "in use",
      ["end_old"],
      /^Press "End old token…" when nothing uses the old token any more\. Every copy that is not watched stops too/,
    ],
    ["in use", [], /^$/],
    ["cancelled", ["renew"], /Press "Renew…" to start again/],
    ["both dead", ["renew"], /Both tokens are dead now/],
    ["put back", [], /^The old token was put back\.$/],
  ])("%s: says what people must do, as far as it is offered", (name, offered, said) => {
    expect(renewalText(of(name), offered).current.map(read).join(" ")).toMatch(said);
  });

  it.each<[string, Partial<Renewal>, boolean]>([
    ["refused, by the bot", { startedBy: { kind: "bot" } }, true],
    ["refused, by a person", {}, false],
    [
      "refused because the token is dead",
      {
        startedBy: { kind: "bot" },
        steps: [
          aStep("obtain", { kind: "exchange_refused", refusal: "expired", message: "Expired." }, { state: "failed" }),
        ],
      },
      false,
    ],
  ])("a failed refresh says that the bot tries again, when it does: %s", (_, fields, tries) => {
    const steps = [
      aStep("obtain", { kind: "exchange_refused", refusal: "other", message: "Odd." }, { state: "failed" }),
    ];
    const failed: Renewal = {
      ...of("cancelled"),
      way: "refresh",
      outcome: "failed",
      steps,
      ...fields,
    };
    const { current } = renewalText(failed, ["renew"]);
    expect(current.map(read).includes("The bot tries again after a day.")).toBe(tries);
  });

  it("proof in one reading is not yet use", () => {
    const steps = [
      ...of("use not proven").steps.slice(0, 4),
      aStep("in_use", { kind: "proven", consumers: 1 }, { state: "not_proven" }),
    ];
    const { current } = renewalText({ ...of("use not proven"), steps }, ["confirm_in_use"]);
    expect(current.map(read).join(" ")).toBe(
      "1 app uses the new token. The step is done when three readings in a row say so.",
    );
  });
});

it("after a crash, the message says what to do instead of how long it takes", () => {
  const said = textOf("crashed", "cancel").current.map(read).join(" ");
  expect(said).toMatch(/stopped in the middle.*Make the source readable.*ends after 7 days/);
  expect(said).not.toContain("minute");
});

describe("a renewal that ended", () => {
  it("says how long an old token lives that nobody ended, and what revokes it", () => {
    const said = (before: Renewal["before"]) =>
      renewalText(aRenewal({ ...of("old one left"), before }), [])
        .current.map(read)
        .join(" ");
    expect(said(of("old one left").before)).toMatch(
      /waited for 7 days\. The old token works until .+\. To revoke it sooner, use Business settings\..*the new one too/,
    );
    expect(said({ fingerprint: "aaaaaaaaaaaa", expiry: { kind: "never" } })).toMatch(/until somebody revokes it/);
  });

  it("says that the token is renewed when nobody ended the old one in time", () => {
    const steps = of("done").steps.filter(({ step }) => step !== "end_old");
    const left = { ...of("done"), steps, outcome: "timed_out" as const };
    expect(actionsOf(left)).toEqual([]);
    expect(read(renewalText(left, []).headline)).toBe("✅ orders-prod: token renewed, old token not ended");
  });

  it.each([
    ["findings", "test", true],
    ["ends_not_later", "test", false],
    ["not_saved", "write", true],
    ["command_failed", "write", false],
  ] as const)("a refresh that ended with %s says whether nobody holds the new token", (kind, step, isLeft) => {
    const detail = { kind, message: "Full", codes: [], texts: [] };
    const steps = [aStep("obtain", { kind: "exchanged" }), aStep(step, detail, { state: "failed" })];
    const failed = { ...of("done"), way: "refresh" as const, steps, outcome: "failed" as const };
    const said = renewalText(failed, []).current.map(read).join(" ");
    expect(said.includes("Meta made a token that nobody holds.")).toBe(isLeft);
  });
});

describe("the checklist", () => {
  it("shows the steps of the guide with the watch's own IDs", () => {
    expect(textOf("waiting for a token").checklist.map(read)).toEqual([
      "Checklist",
      '1. In Business settings (https://business.facebook.com/latest/settings), open "System users". Add one, or choose yours.',
      "2. Assign the app 100000000000042 and the WhatsApp account 100000000001001 to it, with full control.",
      '3. Generate the token: the app, "Never" or "60 days", then whatsapp_business_messaging and whatsapp_business_management.',
      "4. Never post the token in Slack.",
      "The token must reach the phone number 100000000002001.",
    ]);
  });

  it("ticks only what Meta proved about the pasted token", () => {
    expect(textOf("not accepted").checklist.map(read).slice(-2)).toEqual([
      "Proven by Meta: the right app ✓ and permission whatsapp_business_messaging ✓.",
      "Not proven: a system user's token ○, permission whatsapp_business_management ○, reaches phone number 100000000002001 ○, reaches WhatsApp account 100000000001001 ○ and its end ○.",
    ]);
  });

  it.each(["refreshing", "refused by Meta", "saved", "done", "cancelled"])(
    "is left out when nobody needs it: %s",
    (name) => {
      expect(textOf(name).checklist).toEqual([]);
    },
  );
});

describe("a line of the thread", () => {
  const entry = (event: RenewalEntry["event"]): RenewalEntry => ({
    kind: "renewal",
    at: NOW,
    by: ADMIN,
    watch: "orders-prod",
    renewal: "renewal-1",
    event,
  });

  it.each<[RenewalEntry["event"], string]>([
    [{ kind: "started" }, "Renewal started by U0ANNA. (U0ANNA, 2026-11-22 08:00 UTC)"],
    [
      { kind: "step", result: aStep("write", { kind: "saved" }) },
      "Save it: done. The new token is saved. (U0ANNA, 2026-11-22 08:00 UTC)",
    ],
    [
      { kind: "step", result: aStep("in_use", { kind: "no_proof" }, { state: "not_proven" }) },
      "Prove that it is in use: not proven. No app tells the bot which token it uses, so a person confirms it. (U0ANNA, 2026-11-22 08:00 UTC)",
    ],
    [
      { kind: "ended", outcome: "timed_out", step: "in_use" },
      "The renewal ended, because a step waited for 7 days. Last step: Prove that it is in use. (U0ANNA, 2026-11-22 08:00 UTC)",
    ],
    [{ kind: "ended", outcome: "done", step: "end_old" }, "The renewal is done. (U0ANNA, 2026-11-22 08:00 UTC)"],
    [
      { kind: "waits_a_day" },
      'The step Get the new token has waited for a day. The renewal of orders-prod ends in 7 days. Generate the token as in the checklist. An admin then presses "Paste new token…" to continue.',
    ],
  ])("says what happened, with the person and the time: %j", (event, said) => {
    expect(read(renewalLine(entry(event), aRenewal(), ["paste"]))).toBe(said);
  });

  const DAY = 86_400_000;
  it.each<[string, number, string]>([
    ["a day after the start", DAY, "6 days"],
    ["within the first round after a day", DAY + 900_000, "6 days"],
    ["after an absence of the bot", 4 * DAY, "3 days"],
    ["on the last day", 6.5 * DAY, "1 day"],
    ["when the wait is over", 9 * DAY, "1 day"],
  ])("names the renewal and the days that are left %s", (_name, ms, left) => {
    const line = renewalLine({ ...entry({ kind: "waits_a_day" }), at: after(ms) }, aRenewal(), []);
    expect(read(line)).toContain(`The renewal of orders-prod ends in ${left}.`);
  });

  it("counts the days from the step that waits", () => {
    const saved = aRenewal({
      steps: [
        aStep("obtain", { kind: "pasted" }),
        aStep("test", { kind: "tested" }),
        aStep("write", { kind: "saved" }, { at: after(3 * DAY) }),
      ],
    });
    const line = renewalLine({ ...entry({ kind: "waits_a_day" }), at: after(4 * DAY) }, saved, []);
    expect(read(line)).toContain("ends in 6 days.");
  });

  it("about a wait of a renewal that is gone still says something", () => {
    expect(read(renewalLine(entry({ kind: "waits_a_day" }), null, []))).toMatch(/has waited for a day/);
  });

  it("names the bot when nobody pressed anything", () => {
    const by = { kind: "bot" } as const;
    const line = renewalLine(
      { ...entry({ kind: "step", result: aStep("read_back", { kind: "read" }) }), by, at: after(0) },
      null,
      [],
    );
    expect(read(line)).toMatch(/\(the bot, 2026-11-22 08:00 UTC\)$/);
  });
});

it.each(["same_string", "already_there"] as const)("a place that has the token already is no task: %s", (kind) => {
  const skipped = aStep("write", { kind }, { state: "skipped" });
  const { facts } = renewalText(aRenewal({ steps: [aStep("test", { kind: "tested" }), skipped] }), []);
  expect(read(facts[0] ?? [])).toBe("Saved in: file /run/secrets/wa_token");
});
