import type { RenewalAction, RenewalEntry } from "../../../src/renewal/audit.ts";
import type { Renewal, Step, StepResult } from "../../../src/renewal/renewal.ts";
import type { Detail } from "../../../src/renewal/detail.ts";
import { renewalReply } from "../../../src/slack/messages/renewal/reply-view.ts";
import { renewalMessage } from "../../../src/slack/messages/renewal/renewal-view.ts";
import { NEVER } from "../../../src/token/expiry.ts";
import { plainMrkdwn } from "../plain-slack.ts";
import { shown, withoutLinks } from "../story-alerts.ts";
import { after, CARD } from "../story-facts.ts";

// The messages of a renewal in docs/message-samples.md. The real views create them.

const COLLEAGUE = { kind: "slack", user: "U0987654321" } as const;
const BOT = { kind: "bot" } as const;

const step = (name: Step, detail: Detail, fields: Partial<StepResult> = {}): StepResult => ({
  step: name,
  state: "done",
  detail,
  at: after(46.1),
  by: COLLEAGUE,
  ...fields,
});

const waiting: Renewal = {
  id: "renewal-1",
  watch: CARD.name,
  card: { ...CARD, appId: "100000000000042" },
  way: "given",
  startedBy: COLLEAGUE,
  startedAt: after(46),
  place: { key: "file", label: CARD.source },
  steps: [],
  checklist: [],
  before: { fingerprint: "0123456789ab", expiry: { kind: "at", at: after(60) } },
  after: null,
  seenInUse: 0,
  working: false,
  dayTold: false,
  previousKept: false,
  endedAt: null,
  outcome: null,
  revision: 1,
};

const refused: Renewal = {
  ...waiting,
  steps: [
    step("obtain", { kind: "pasted" }),
    step("test", { kind: "permissions_lost", scopes: ["whatsapp_business_management"] }, { state: "failed" }),
  ],
  checklist: [
    { item: "app", name: null, proven: true },
    { item: "system_user", name: null, proven: true },
    { item: "permission", name: "whatsapp_business_messaging", proven: true },
    { item: "permission", name: "whatsapp_business_management", proven: false },
    { item: "phone", name: CARD.phoneNumberId ?? "", proven: true },
    { item: "account", name: CARD.whatsappBusinessAccountId ?? "", proven: false },
    { item: "expiry", name: null, proven: true },
  ],
};

const saved: Renewal = {
  ...waiting,
  steps: [
    step("obtain", { kind: "pasted" }),
    step("test", { kind: "tested" }),
    step("write", { kind: "saved" }),
    step("read_back", { kind: "read" }, { by: BOT }),
    step("in_use", { kind: "no_proof" }, { state: "not_proven", by: BOT }),
  ],
  after: { fingerprint: "ba9876543210", expiry: NEVER },
  previousKept: true,
};

const used: Renewal = { ...saved, steps: [...saved.steps.slice(0, 4), step("in_use", { kind: "confirmed" })] };

const done: Renewal = {
  ...used,
  steps: [...used.steps, step("end_old", { kind: "ended" }, { at: after(46.9) })],
  endedAt: after(46.9),
  outcome: "done",
  previousKept: false,
};

const messageOf = (renewal: Renewal, ...offered: readonly RenewalAction[]): string =>
  withoutLinks(shown(renewalMessage(renewal, offered, "UTC")));

const line = (
  renewal: Renewal,
  event: RenewalEntry["event"],
  offered: readonly RenewalAction[] = [],
  at = after(46.1),
): string => {
  const entry = {
    kind: "renewal",
    at,
    by: COLLEAGUE,
    watch: CARD.name,
    renewal: "renewal-1",
    event,
  } as const;
  return plainMrkdwn(withoutLinks(renewalReply(entry, renewal, offered, "UTC")));
};

const stepLine = (renewal: Renewal, name: Step): string => {
  const result = renewal.steps.find((one) => one.step === name);
  if (result === undefined) throw new Error(`the renewal has no step ${name}`);
  return line(renewal, { kind: "step", result });
};

export const renewalStories: Readonly<Record<string, string>> = {
  "Waiting for a token": messageOf(waiting, "paste", "cancel"),
  "Token not accepted": messageOf(refused, "paste", "cancel"),
  "Saved, use not proven": messageOf(saved, "confirm_in_use", "put_back", "cancel"),
  "In use": messageOf(used, "end_old", "put_back", "cancel"),
  Renewed: messageOf(done),
  "Lines in its thread": [
    stepLine(refused, "test"),
    stepLine(used, "write"),
    stepLine(used, "in_use"),
    line(used, { kind: "waits_a_day" }, ["end_old"], after(47.2)),
    line(done, { kind: "ended", outcome: "done", step: "end_old" }),
  ].join("\n\n"),
};
