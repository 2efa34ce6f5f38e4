import { verdictJson } from "../../src/cli/check/verdict-json.ts";
import { verdictText } from "../../src/cli/check/verdict-text.ts";
import { resultView } from "../../src/slack/check/result-view.ts";
import { helpMessage } from "../../src/slack/help/help-view.ts";
import { leakMessage } from "../../src/slack/requests/leak-view.ts";
import { statusMessage } from "../../src/slack/status/status-view.ts";
import { NEW_WATCH } from "../../src/alert/alert.ts";
import { plainSlack } from "./plain-slack.ts";
import { after, CARD, POLICY, REACHED, seen } from "./story-facts.ts";
import { overviewOf } from "../support/watch-reads.ts";
import { bookOf } from "../../src/watch/watch-book.ts";

// Private answers, for docs/commands.md and docs/message-samples.md. The real views create them from one made-up token with
// five days left.

const at = after(25);

const verdict = seen(at, { assets: REACHED });

const healthy = seen(at, { expiry: { kind: "never" } });

const record = {
  checkedAt: at,
  nextDueAt: new Date(at.getTime() + 15 * 60_000),
  owed: false,
  undelivered: null,
} as const;

/** The same answer in Slack, in a terminal and for a script, by its heading in docs/message-samples.md and its name in docs/commands.md. */
const records = [
  { ...record, name: "orders-prod", state: { ...NEW_WATCH, verdict } },
  { ...record, name: "support-staging", state: { ...NEW_WATCH, verdict: healthy } },
];

export const checkStories: Readonly<Record<string, string>> = {
  Result: plainSlack(
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
  Status: plainSlack(
    statusMessage({
      ...overviewOf(records, at),
      records,
      next: null,
      query: { which: "all" },
      total: records.length,
      isWhole: true,
      cards: bookOf(["orders-prod", "support-staging"].map((name) => ({ ...CARD, name, sourceNote: null }))),
      timezone: "UTC",
    }).blocks,
  ),
  Help: plainSlack(helpMessage(undefined).blocks),
  "A token behind the command": plainSlack(leakMessage().blocks),
  Terminal: verdictText(
    verdict,
    "watch orders-prod, file /run/secrets/orders_token",
    { paint: (_style, text) => text, columns: undefined },
    "orders-prod",
  ),
  JSON: JSON.stringify(verdictJson(verdict), null, 2),
};
