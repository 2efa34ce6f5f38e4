import { verdictJson } from "../../src/cli/check/verdict-json.ts";
import { verdictText } from "../../src/cli/check/verdict-text.ts";
import { resultView } from "../../src/slack/check/result-view.ts";
import { helpMessage } from "../../src/slack/help/help-view.ts";
import { leakMessage } from "../../src/slack/requests/leak-view.ts";
import { statusMessage } from "../../src/slack/status/status-view.ts";
import { NEW_WATCH } from "../../src/alert/alert.ts";
import { plainSlack } from "./plain-slack.ts";
import { after, CARD, POLICY, REACHED, seen } from "./story-facts.ts";

// The answers in the README. The real views create them from one made-up token with five days left.

const at = after(25);

const verdict = seen(at, { assets: REACHED });

const healthy = seen(at, { expiry: { kind: "never" } });

const record = {
  checkedAt: at,
  nextDueAt: new Date(at.getTime() + 15 * 60_000),
  owed: false,
  undelivered: null,
} as const;

/** The same answer in Slack, in a terminal and for a script, by its sample name in the README. */
export const checkStories: Readonly<Record<string, string>> = {
  result: plainSlack(
    resultView({
      outcome: {
        verdict,
        watch: "orders-prod",
        against: {
          requiredScopes: POLICY.requiredScopes,
          phoneNumberId: "100000000002001",
          whatsappBusinessAccountId: "100000000001001",
        },
        reusedFrom: null,
        note: null,
      },
      typed: false,
      now: at,
      timezone: "UTC",
    }).blocks,
  ),
  status: plainSlack(
    statusMessage({
      records: [
        { ...record, name: "orders-prod", state: { ...NEW_WATCH, verdict } },
        { ...record, name: "support-staging", state: { ...NEW_WATCH, verdict: healthy } },
      ],
      cards: ["orders-prod", "support-staging"].map((name) => ({ ...CARD, name, sourceNote: null })),
      now: at,
      quietUntil: null,
      undelivered: [],
      onlyOpen: false,
      timezone: "UTC",
    }).blocks,
  ),
  help: plainSlack(helpMessage(undefined).blocks),
  leak: plainSlack(leakMessage().blocks),
  terminal: verdictText(
    verdict,
    "watch orders-prod, file /run/secrets/orders_token",
    (_style, text) => text,
    "orders-prod",
  ),
  json: JSON.stringify(verdictJson(verdict), null, 2),
};
