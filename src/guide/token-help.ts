import { systemUserTokensUrl, systemUsersUrl } from "./deep-links.ts";
import type { GuideContext } from "./context.ts";
import { bold, bullets, code, link, paragraph, rich, steps } from "./rich-text.ts";
import type { Topic } from "./topic.ts";
import { phrases } from "./words.ts";

/** Help about the life of a token: it died, it will die, it leaked, how to look at it. */
export function tokenHelp(context: GuideContext): readonly Topic[] {
  return [expired, never, leak(context), verify];
}

// Codes: Graph API guide, error handling, and observed answers, read 2026-11.
const expired: Topic = {
  id: "expired",
  origin: "added",
  title: "The token is dead: what now",
  summary: "A dead token cannot be revived or refreshed; make a new one.",
  parts: [
    steps(
      rich`Make a new token: ${code("/wa-token guide step 4")}. Choose ${bold("Never")} if it is offered.`,
      rich`Put it in ${code(".env")} and restart: ${code("/wa-token guide step 5")}.`,
      rich`Run ${code("/wa-token check")}. It should say Healthy.`,
    ),
    bullets(
      rich`The old token came from API Setup? Those last hours. Start at ${code("/wa-token guide step 1")}, once.`,
      rich`Code 190 with subcode 463 means expired: its date has passed.`,
      rich`Code 190 with 458, 459, 460, 464, 466, 467 or 492 means revoked: it ended before its date. Ask who pressed ${bold("Revoke tokens")}, removed the app or system user, or changed a password. Find out before you make the next one.`,
    ),
  ],
  notes: [],
  nextStep: 4,
  keywords: phrases(
    "expire, expired, expiry, expiring, session expired, session has expired, validating access token, error validating access token session has expired, token expired, token died, dead, died, revoked, token revoked, session invalidated, session is invalid, session has been invalidated changed password, logged out, password, not authorized application, oauthexception, 190, 102, 458, 459, 460, 463, 464, 466, 467, 492",
  ),
};

const never: Topic = {
  id: "never",
  origin: "added",
  title: "Never, or 60 days",
  summary: "Choose Never if Meta offers it; otherwise renew a 60-day token while it is alive.",
  parts: [
    bullets(
      rich`${bold("Never")} is offered: choose it. Nothing is left to renew. Never refresh such a token: it comes back with 60 days.`,
      rich`${bold("Never")} is not offered: choose ${bold("60 days")}. Meta now recommends it, and some businesses must use it.`,
      rich`A 60-day token can be refreshed while it is alive (${link("how, on Meta's page", systemUserTokensUrl)}): you get a new token with a new 60 days, 60d, and the old one works until its own date. Or repeat step 4 before the 60 days end.`,
      rich`Once it has expired it cannot be refreshed: ${code("/wa-token guide expired")}.`,
      rich`Either way: new token into ${code(".env")}, restart, ${code("/wa-token check")}. Only then revoke the old one, with Meta's revoke call: the button ${bold("Revoke tokens")} may stop the new one too.`,
    ),
    paragraph(rich`This bot warns before a watched token ends.`),
  ],
  notes: [],
  keywords: phrases(
    "never, never expire, never not offered, never not available, never missing, 60, 60 days, 60d, 60 day token, sixty days, expiration, expires soon, expire in days, refresh, renew, renewal, renew system user token, refresh system user token, extend, rotate, rotation, fb_exchange_token, lifetime, long lived",
  ),
};

function leak(context: GuideContext): Topic {
  return {
    id: "leak",
    origin: "added",
    title: "A token leaked",
    summary: "A token that was in a message, a log or a repository counts as leaked: revoke it.",
    parts: [
      steps(
        rich`Open the system user in ${link("Business settings", systemUsersUrl(context))} and click ${bold("Revoke tokens")}. Expect every token of that system user to stop, so everything that uses one stops sending until you have finished.`,
        rich`Make a new token: ${code("/wa-token guide step 4")}.`,
        rich`Put it in ${code(".env")} and restart: ${code("/wa-token guide step 5")}. Then run ${code("/wa-token check")}.`,
        rich`Delete the message or file. This alone is not enough: others may have a copy.`,
      ),
    ],
    notes: [
      {
        advice: rich`to avoid a pause, make and deploy a token of a second system user first, then revoke.`,
        why: rich`the button is about the system user, not about one token.`,
      },
      {
        advice: rich`if the app secret leaked, reset it: App → Settings → Basic → App secret.`,
        why: rich`with it others can act as your app.`,
      },
    ],
    nextStep: 4,
    keywords: phrases(
      "leak, leaked, token leaked, stolen, exposed, compromised, posted token, pasted token, token in message, committed token, github, secret scanning, revoke, revoke token",
    ),
  };
}

const verify: Topic = {
  id: "verify",
  origin: "added",
  title: "Check a token",
  summary: "Run /wa-token check: only you see the answer.",
  parts: [
    paragraph(
      rich`Run ${code("/wa-token check")}. Choose a watched token, or type one into the form. Never put a token behind a command or into a message.`,
    ),
    bullets(
      rich`${bold("Healthy")}: alive and able to do its job.`,
      rich`${bold("Expiring")}: alive, ends soon. See ${code("/wa-token guide never")}.`,
      rich`${bold("Degraded")}: it cannot do its job for you; the answer says what is missing.`,
      rich`${bold("Expired")}, ${bold("Revoked")}: dead. See ${code("/wa-token guide expired")}.`,
      rich`${bold("Invalid")}: not a token, or not all of it. Copy it again, or make a new one in step 4.`,
      rich`${bold("Unknown")}: we could not find out, for example because Meta was not reached or took no more calls. This says nothing about the token; try again in some minutes.`,
    ),
  ],
  notes: [],
  keywords: phrases(
    "verify, check, check token, test token, inspect, debug, debugger, debug_token, wa-token check, healthy, degraded, unknown, state, does it work, rate limit, rate limited, request limit reached, too many calls, too many requests, throttled, throttling",
  ),
};
