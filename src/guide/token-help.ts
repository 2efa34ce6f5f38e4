import { systemUserTokensUrl, systemUsersUrl } from "./deep-links.ts";
import type { GuideContext } from "./context.ts";
import { bold, bullets, command, label, link, paragraph, rich, steps } from "./rich-text.ts";
import type { Topic } from "./topic.ts";
import { phrases } from "./words.ts";

/** Help with a token that expired, expires soon or leaked, and with the check of a token. */
export function tokenHelp(context: GuideContext): readonly Topic[] {
  return [expired, never, leak(context), verify];
}

const USE_NEW_TOKEN = rich`Save the new token where your app reads it: ${command("guide step 5")}. Restart the app if it reads the token only at start.`;

// Codes: Graph API guide, error handling, and observed answers, read 2026-11.
const expired: Topic = {
  id: "expired",
  kind: "help",
  title: "Replace an expired or revoked token",
  summary: "You cannot refresh an expired or revoked token: generate a new one.",
  parts: [
    steps(
      {
        spans: rich`Generate a new token: ${command("guide step 4")}. Choose ${label("Never")} if Meta offers it.`,
        bullets: [
          rich`If the old token came from API Setup, do the setup once from ${command("guide step 1")}. API Setup tokens last only hours.`,
        ],
      },
      USE_NEW_TOKEN,
      rich`Run ${command("check")}. The result should be ${bold("Healthy")}.`,
    ),
    paragraph(rich`Afterwards, use the subcode of code 190 to find the cause:`),
    bullets(
      rich`463: the token expired on its date.`,
      rich`458, 459, 460, 464, 466, 467, 490, 492 or 493: the token was revoked before its date.`,
      rich`458, 460, 466, 467 and 492: a person or a program may have revoked it. Ask who clicked ${label("Revoke tokens")}, removed the app or the system user, or changed a password.`,
      rich`459 and 490: Meta wants a person to confirm their account. 493: the person did not use the app for 90 days. These subcodes affect tokens of people, so use a system user.`,
    ),
  ],
  tips: [],
  nextStep: 4,
  keywords: phrases(
    "expire, expired, expiry, expiring, session expired, session has expired, validating access token, error validating access token session has expired, token expired, token died, token stopped working, stopped working, dead, died, revoked, token revoked, session invalidated, session is invalid, session has been invalidated changed password, logged out, password, not authorized application, checkpoint, oauthexception, 190, 102, 458, 459, 460, 463, 464, 466, 467, 490, 492, 493",
  ),
};

const never: Topic = {
  id: "never",
  kind: "help",
  title: "Renew a 60-day token, or choose Never",
  summary: "Renew a 60-day token before it expires; choose Never if Meta offers it.",
  parts: [
    steps(
      {
        spans: rich`Refresh the token before the 60 days end, or generate a new one: ${command("guide step 4")}.`,
        bullets: [
          rich`${link("Meta's page", systemUserTokensUrl)} explains the refresh. You get a new token for 60 days. The old token works until its own date.`,
          rich`You cannot refresh a token after it expires: ${command("guide expired")}.`,
        ],
      },
      USE_NEW_TOKEN,
      rich`Run ${command("check")}.`,
      {
        spans: rich`Only then revoke the old token, with Meta's revoke call.`,
        bullets: [rich`Do not click ${label("Revoke tokens")}: the button may stop the new token too.`],
      },
    ),
    paragraph(rich`When you generate a token, choose its expiration:`),
    bullets(
      rich`If Meta offers ${label("Never")}, choose it. You do not have to renew the token. Never refresh such a token: Meta would give you a 60-day token.`,
      rich`If Meta does not offer ${label("Never")}, choose ${label("60 days")}. Meta now recommends 60 days, and some businesses must use it.`,
    ),
    paragraph(rich`This bot warns you before a watched token expires.`),
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
    title: "Revoke a leaked token",
    summary: "Revoke every token that was in a message, a log or a repository: it counts as leaked.",
    parts: [
      steps(
        rich`Open the system user in ${link("Business settings", systemUsersUrl(context))}.`,
        {
          spans: rich`Click ${label("Revoke tokens")}.`,
          bullets: [
            rich`Expect every token of that system user to stop. Apps that use these tokens cannot send until you finish.`,
          ],
        },
        rich`Generate a new token: ${command("guide step 4")}.`,
        USE_NEW_TOKEN,
        rich`Run ${command("check")}.`,
        rich`Delete the message or the file. This alone is not enough: other people may have a copy.`,
      ),
    ],
    tips: [
      rich`To avoid an outage, first generate and deploy a token of a second system user. Then revoke. The button applies to the system user, not to one token.`,
      rich`If the app secret leaked, reset it: App → ${label("Settings")} → ${label("Basic")} → ${label("App secret")}. With the secret, other people can act as your app.`,
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
  summary: "Run the check: only you see the result.",
  parts: [
    paragraph(
      rich`In Slack, ${command("check")} opens a private form: pick a watched token, or paste one. In a terminal, the command checks the deployed token. Never put a token after a command or in a message.`,
    ),
    bullets(
      rich`${bold("Healthy")}: the token works and has every permission it needs.`,
      rich`${bold("Alive, not fully checked")} or ${bold("reach not tested")}: the token works, but the check could not read an ID. The result shows which ID and why. Check again. If the result stays the same, see ${command("guide ids")}.`,
      rich`${bold("Expiring")}: the token works but expires soon. See ${command("guide never")}.`,
      rich`${bold("Degraded")}: the token cannot do its job. The result shows what is missing.`,
      rich`${bold("Expired")}, ${bold("Revoked")}: the token no longer works. See ${command("guide expired")}.`,
      rich`${bold("Invalid")}: the text is not a token, or only a part of one. Copy the token again, or generate a new one: ${command("guide step 4")}.`,
      rich`${bold("Unknown")}: the check got no answer. For example, Meta was not reachable or did not accept more calls. This says nothing about the token. Try again in a few minutes.`,
    ),
  ],
  tips: [],
  keywords: phrases(
    "verify, check, check token, test token, inspect, debug, debugger, debug_token, wa-token check, healthy, degraded, unknown, not fully checked, reach not tested, state, does it work, rate limit, rate limited, request limit reached, too many calls, too many requests, throttled, throttling, limit, code 4, error 4, code 17, error 17, code 32, error 32, 613, 80007, 80008, 130429",
  ),
};
