import { homeView } from "../../src/slack/home/home-view.ts";
import { watchMessage } from "../../src/slack/status/watch-view.ts";
import { NEVER } from "../../src/token/expiry.ts";
import type { HistoryEntry } from "../../src/alert/history.ts";
import type { WatchRecord } from "../../src/watch/ports.ts";
import { plainSlack } from "./plain-slack.ts";
import { acknowledged, live, replaced, type Story } from "./story-alerts.ts";
import { after, CARD, seen } from "./story-facts.ts";
import { homeListsOf, overviewOf } from "../support/watch-reads.ts";
import { bookOf } from "../../src/watch/watch-book.ts";

// The bot's Home, and the status of one watch. The real views create them.

const now = after(30.7);

const record = (name: string, { state }: Story): WatchRecord => ({
  name,
  state,
  checkedAt: state.verdict?.checkedAt ?? null,
  nextDueAt: new Date(now.getTime() + 15 * 60_000),
  owed: false,
  undelivered: null,
});

const newestFirst = ({ history }: Story): readonly HistoryEntry[] => history.toReversed();

const cards = ["orders-prod", "support-staging"].map((name) => ({ ...CARD, name, sourceNote: null }));

const records = [
  record("orders-prod", acknowledged),
  record("support-staging", live([seen(after(30.69), { expiry: NEVER })])),
];

export const homeStories: Readonly<Record<string, string>> = {
  Home: plainSlack(
    homeView({
      ...overviewOf(records, now),
      ...homeListsOf(records),
      cards: bookOf(cards),
      history: newestFirst(acknowledged),
      allowed: undefined,
      timezone: "UTC",
      renews: false,
    }).blocks,
  ),
  "Status of one watch": plainSlack(
    watchMessage({
      record: record("orders-prod", replaced),
      card: cards[0],
      history: newestFirst(replaced),
      now,
      quietUntil: null,
      undelivered: [],
      timezone: "UTC",
    }).blocks,
  ),
};
