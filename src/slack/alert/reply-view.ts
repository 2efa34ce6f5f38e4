import type { Alert, Reason, Reply } from "../../watch/alert.ts";
import { slackDate } from "../moment.ts";
import { escapeMrkdwn } from "../mrkdwn.ts";
import { STATE_WORDS } from "../state-words.ts";
import { expiryChange, tellingFindings } from "./alert-text.ts";

const OPENINGS: Readonly<Record<Reason, string>> = {
  first: "New problem",
  not_checked: "Could not be checked",
  reminder: "Still not fixed",
  worse: "Now worse",
  better: "Better, but not fixed yet",
  stale: "Not re-checked for a while",
  recovered: "Fixed: the token is healthy again",
  rotated: "Fixed: the token was replaced",
  unwatched: "No longer watched",
};

/** One word to people in the alert's thread; with `notice` it names the owner and is shown in the channel too. */
export const replyText = (alert: Alert, reply: Reply, timezone: string): string => {
  const owner = reply.notice && alert.card.owner !== undefined ? `<@${alert.card.owner}> ` : "";
  const head = `${owner}${OPENINGS[reply.reason]}: *${escapeMrkdwn(alert.card.name)}*.`;
  switch (reply.reason) {
    case "recovered":
    case "rotated":
      return [head, expiryChange(alert, timezone) ?? ""].join(" ").trim();
    case "unwatched":
      return `${head} The problem may still be there; nobody looks any more.`;
    case "stale":
      return `${head} ${escapeMrkdwn(alert.failing?.failure.message ?? "Meta did not answer.")} What the message says is the last answer.`;
    case "first":
    case "not_checked":
    case "reminder":
    case "worse":
    case "better": {
      const findings = tellingFindings(reply.verdict);
      const words = findings.map((finding) => `${finding.message} ${finding.remedy}`);
      const state = reply.verdict === null ? "" : `${STATE_WORDS[reply.verdict.state]}.`;
      const since = reply.reason === "reminder" ? `Open since ${slackDate(alert.openedAt, timezone)}.` : "";
      return [head, state, since, ...words.map(escapeMrkdwn)].filter((part) => part !== "").join(" ");
    }
  }
};
