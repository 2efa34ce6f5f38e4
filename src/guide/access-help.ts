import { knownId } from "./context.ts";
import type { GuideContext } from "./context.ts";
import { systemUsersUrl, whatsappManagerUrl } from "./deep-links.ts";
import { bold, bullets, code, command, label, link, paragraph, rich, steps } from "./rich-text.ts";
import type { Topic } from "./topic.ts";
import { phrases } from "./words.ts";

/** Help for a token that is alive and still fails: permissions, WhatsApp account, ids, number, sending. */
export function accessHelp(context: GuideContext): readonly Topic[] {
  return [scopes, account(context), ids(context), register(context), live];
}

const scopes: Topic = {
  id: "scopes",
  kind: "help",
  title: "Permissions (scopes)",
  summary: "The token needs two WhatsApp permissions, chosen when it is generated.",
  parts: [
    bullets(
      rich`${code("whatsapp_business_messaging")}: send and receive messages.`,
      rich`${code("whatsapp_business_management")}: read the account, its phone numbers and templates.`,
      rich`${code("business_management")} is optional. You need no other to send and to inspect.`,
    ),
    paragraph(
      rich`One is missing? A token never gains permissions later. Make a new one and enable both: ${command("guide step 4")}.`,
    ),
    paragraph(rich`No permissions to choose from? The app may not be assigned yet: ${command("guide step 3")}.`),
  ],
  tips: [],
  nextStep: 4,
  keywords: phrases(
    "scope, scope missing, missing scope, permission, missing permission, permission list empty, whatsapp_business_messaging, whatsapp_business_management, business_management",
  ),
};

// "(#100) … does not exist" for an account that is not assigned: observed by many users, read 2026-11.
function account(context: GuideContext): Topic {
  return {
    id: "account",
    kind: "help",
    title: "Assign the WhatsApp account",
    summary: "A valid token still fails when its system user has no access to the WhatsApp account.",
    parts: [
      paragraph(
        rich`This is the usual cause of "(#100) … does not exist, cannot be loaded due to missing permissions", and of codes 10, 200–299 and 131005.`,
      ),
      steps(
        rich`Check the ids first: ${command("guide ids")}. A wrong id gets the same answer.`,
        rich`Open your system user in ${link("Business settings", systemUsersUrl(context))} → ${label("Assign assets")}.`,
        rich`${label("WhatsApp accounts")} → your account${knownId(context.accountId)} → ${label("Full control")} (or ${label("Manage WhatsApp Business Accounts")}) → ${label("Assign assets")}.`,
        rich`Your business also has a Messaging account? Assign it with full control too: both are needed.`,
        rich`Reload until the app and the accounts show ${label("Full control")}. This can take minutes.`,
        rich`Still refused? Make a new token: ${command("guide step 4")}. An older one may not see the account.`,
      ),
      paragraph(rich`Check the permissions as well: ${command("guide scopes")}.`),
    ],
    tips: [],
    nextStep: 4,
    keywords: phrases(
      "account, whatsapp account, whatsapp business account, assign whatsapp account, waba, phone number, phone unreachable, unreachable, does not exist, cannot be loaded, unsupported get request, object does not exist cannot be loaded due to missing permissions, does not exist cannot be loaded due to missing permissions, access denied, no access, 10, 33, 100, 200, 803, 131005",
    ),
    alone: phrases("number, phone, access"),
  };
}

function ids(context: GuideContext): Topic {
  return {
    id: "ids",
    kind: "help",
    title: "Which id is which",
    summary: "The id of a number, the id of its account and the number itself are three different things.",
    parts: [
      bullets(
        rich`${code("WHATSAPP_PHONE_NUMBER_ID")}${knownId(context.phoneNumberId)} is the id of the number, not the number itself. In a watchlist: ${code("phoneNumberId")}.`,
        rich`${code("WHATSAPP_BUSINESS_ACCOUNT_ID")}${knownId(context.accountId)} is the id of the WhatsApp account, not that of the business. In a watchlist: ${code("whatsappBusinessAccountId")}.`,
        rich`Did Meta split your account into a WhatsApp account and a Messaging account? The Messaging account keeps the old id.`,
      ),
      steps(
        rich`Open ${link("WhatsApp Manager", whatsappManagerUrl(context))} and find the number. Look at which account it belongs to.`,
        rich`Is an id of another kind, or are the two swapped? Put each one in its own place.`,
        rich`Is the number in another account? Set the id of that account, or the id of a number of this account.`,
        rich`Restart what reads the ids. Run ${command("check")}.`,
      ),
    ],
    tips: [],
    keywords: phrases(
      "phone number id, account id, waba id, which id, wrong id, ids swapped, swapped, swapped ids, other account, another account, number of another account, nonexisting field, tried accessing nonexisting field on node type, node type, whatsapp manager, phonenumberid, whatsapp_business_account_id",
    ),
    alone: phrases("id, ids, number id, account number id"),
  };
}

// Meta's page on registering, of 26 June 2026: only by the API, ten requests in 72 hours.
function register(context: GuideContext): Topic {
  const number = context.phoneNumberId ?? "PHONE_NUMBER_ID";
  return {
    id: "register",
    kind: "help",
    title: "Register the phone number",
    summary: "A number that is not registered cannot send, whichever token is used.",
    parts: [
      steps(
        rich`Open ${link("WhatsApp Manager", whatsappManagerUrl(context))} and look at the status of the number${knownId(context.phoneNumberId)}.`,
        rich`Not verified yet? Verify it there, with the code that Meta sends to the number.`,
        {
          spans: rich`Register it. Only the API can do this. Send ${code("messaging_product")} (${code("whatsapp")}) and ${code("pin")} (the six digits of its two-step verification) to:`,
          codeblock: `POST /${number}/register`,
        },
        rich`Run ${command("check")}.`,
      ),
    ],
    tips: [
      rich`The token that you have can do it, with ${code("whatsapp_business_management")}. A new token changes nothing.`,
      rich`Meta takes ten tries in 72 hours for one number.`,
    ],
    keywords: phrases(
      "register, registered, not registered, number not registered, register number, registration, account not registered, pending, disconnected, not applicable, pin, 133005, 133006, 133010, 133016, 131045",
    ),
  };
}

const live: Topic = {
  id: "live",
  kind: "help",
  title: "The token is fine, but nothing arrives",
  summary: "The app must be Live and the account needs a payment method; a new token changes nothing here.",
  parts: [
    bullets(
      rich`The app must be ${bold("Live")} to reach real recipients. In Development mode only test recipients get messages. Publishing needs a privacy policy URL and an icon.`,
      rich`Delivery needs a payment method on the WhatsApp account (codes 131042, 141006).`,
      rich`Meta may restrict or lock the account (codes 368, 131031). Only Meta can lift that: look at the account in Business settings.`,
      rich`${command("check")} shows whether Meta reports a sending block, and what is blocked.`,
    ),
  ],
  tips: [],
  keywords: phrases(
    "live, app live, live mode, development mode, publish, privacy policy, payment, payment method, billing, credit card, delivery, not delivered, messages not delivered, not sent, not sending, messages not sent, message failed, sending failed, nothing arrives, real recipients, test number, sending blocked, cannot send, blocked, restricted, locked, account restricted, account locked, account blocked, number blocked, 368, 131031, 131042, 141006",
  ),
  alone: phrases("message"),
};
