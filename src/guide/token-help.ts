import { systemUserTokensUrl, systemUsersUrl } from "./deep-links.ts";
import type { GuideContext } from "./context.ts";
import { bold, bullets, command, label, link, paragraph, rich, steps } from "./rich-text.ts";
import type { Topic } from "./topic.ts";
import { phrases } from "./words.ts";

/** Help about the life of a token: it died, it will die, it leaked, how to look at it. */
export function tokenHelp(context: GuideContext): readonly Topic[] {
  return [expired, never, leak(context), verify];
}

// Codes: Graph API guide, error handling, and observed answers, read 2026-11.
const expired: Topic = {
  id: "expired",
  kind: "help",
  title: "The token is dead: what now",
  summary: "A dead token cannot be revived or refreshed; make a new one.",
  parts: [
    steps(
      rich`Make a new token: ${command("guide step 4")}. Choose ${label("Never")} if it is offered.`,
      rich`Put it in your app and restart: ${command("guide step 5")}.`,
      rich`Run ${command("check")}. It should say Healthy.`,
    ),
    bullets(
      rich`The old token came from API Setup? Those last hours. Start at ${command("guide step 1")}, once.`,
      rich`Code 190 with subcode 463 means expired: its date has passed.`,
      rich`Code 190 with 458, 459, 460, 464, 466, 467, 490, 492 or 493 means revoked: it ended before its date.`,
      rich`458, 460, 466, 467 and 492 can be the work of a person. Afterwards, ask who pressed ${label("Revoke tokens")}, removed the app or the system user, or changed a password.`,
      rich`459 and 490: Meta wants the person to confirm their account. 493: the person did not use the app for 90 days. This ends tokens of people, so use a system user.`,
    ),
  ],
  tips: [],
  nextStep: 4,
  keywords: phrases(
    "expire, expired, expiry, expiring, session expired, session has expired, validating access token, error validating access token session has expired, token expired, token died, dead, died, revoked, token revoked, session invalidated, session is invalid, session has been invalidated changed password, logged out, password, not authorized application, checkpoint, oauthexception, 190, 102, 458, 459, 460, 463, 464, 466, 467, 490, 492, 493",
  ),
};

const never: Topic = {
  id: "never",
  kind: "help",
  title: "Never, or 60 days",
  summary: "Choose Never if Meta offers it; otherwise renew a 60-day token while it is alive.",
  parts: [
    bullets(
      rich`${label("Never")} is offered: choose it. Nothing is left to renew. Never refresh such a token: it comes back with 60 days.`,
      rich`${label("Never")} is not offered: choose ${label("60 days")}. Meta now recommends it, and some businesses must use it.`,
      rich`A 60-day token can be refreshed while it is alive. ${link("Meta's page", systemUserTokensUrl)} says how. You get a new token with a new 60 days; the old one works until its own date. Or repeat step 4 before the 60 days end.`,
      rich`Once it has expired it cannot be refreshed: ${command("guide expired")}.`,
      rich`Either way: put the new token in your app (${command("guide step 5")}), restart, run ${command("check")}. Only then revoke the old one, with Meta's revoke call: the button ${label("Revoke tokens")} may stop the new one too.`,
    ),
    paragraph(rich`This bot warns before a watched token ends.`),
  ],
  tips: [],
  keywords: phrases(
    "never, never expire, never not offered, never not available, never missing, 60, 60 days, 60d, 60 day token, sixty days, expiration, expires soon, expire in days, refresh, renew, renewal, renew system user token, refresh system user token, extend, rotate, rotation, fb_exchange_token, lifetime, long lived",
  ),
  alone: phrases("how long"),
};

function leak(context: GuideContext): Topic {
  return {
    id: "leak",
    kind: "help",
    title: "A token leaked",
    summary: "A token that was in a message, a log or a repository counts as leaked: revoke it.",
    parts: [
      steps(
        rich`Open the system user in ${link("Business settings", systemUsersUrl(context))} and click ${label("Revoke tokens")}. Expect every token of that system user to stop: everything that uses one stops sending until you have finished.`,
        rich`Make a new token: ${command("guide step 4")}.`,
        rich`Put it in your app and restart: ${command("guide step 5")}. Then run ${command("check")}.`,
        rich`Delete the message or file. This alone is not enough: others may have a copy.`,
      ),
    ],
    tips: [
      rich`To avoid a pause, make and deploy a token of a second system user first, then revoke. The button is about the system user, not about one token.`,
      rich`Did the app secret leak? Reset it: App → ${label("Settings")} → ${label("Basic")} → ${label("App secret")}. With it, others can act as your app.`,
    ],
    nextStep: 4,
    keywords: phrases(
      "leak, leaked, token leaked, stolen, exposed, compromised, posted token, pasted token, token in message, committed token, github, secret scanning, revoke, revoke token",
    ),
  };
}

const verify: Topic = {
  id: "verify",
  kind: "help",
  title: "Check a token",
  summary: "Run the check: only you see the answer.",
  parts: [
    paragraph(
      rich`Run ${command("check")}. In Slack it opens a private form for a watched token or one that you paste. In a terminal it checks the deployed token. Never put a token behind a command or into a message.`,
    ),
    bullets(
      rich`${bold("Healthy")}: alive, with every permission that it needs.`,
      rich`${bold("Alive, not fully checked")} or ${bold("reach not tested")}: alive, but an id was not read. The answer says which one and why. Check again; if it stays, see ${command("guide ids")}.`,
      rich`${bold("Expiring")}: alive, ends soon. See ${command("guide never")}.`,
      rich`${bold("Degraded")}: it cannot do its job for you; the answer says what is missing.`,
      rich`${bold("Expired")}, ${bold("Revoked")}: dead. See ${command("guide expired")}.`,
      rich`${bold("Invalid")}: not a token, or not all of it. Copy it again, or make a new one: ${command("guide step 4")}.`,
      rich`${bold("Unknown")}: the check got no answer, for example because Meta was not reached or took no more calls. This says nothing about the token. Try again in some minutes.`,
    ),
  ],
  tips: [],
  keywords: phrases(
    "verify, check, check token, test token, inspect, debug, debugger, debug_token, wa-token check, healthy, degraded, unknown, not fully checked, reach not tested, state, does it work, rate limit, rate limited, request limit reached, too many calls, too many requests, throttled, throttling, limit, code 4, error 4, code 17, error 17, code 32, error 32, 613, 80007, 80008, 130429",
  ),
};
