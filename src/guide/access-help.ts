import { knownId } from "./context.ts";
import type { GuideContext } from "./context.ts";
import { systemUsersUrl, whatsappManagerUrl } from "./deep-links.ts";
import { bold, bullets, code, command, label, link, paragraph, rich, steps } from "./rich-text.ts";
import type { Topic } from "./topic.ts";
import { phrases } from "./words.ts";

/** Help for a token that works but cannot send: permissions, WhatsApp account, IDs, phone number, delivery. */
export function accessHelp(context: GuideContext): readonly Topic[] {
  return [scopes, account(context), ids(context), register(context), live];
}

const scopes: Topic = {
  id: "scopes",
  kind: "help",
  title: "Permissions (scopes) that a token needs",
  summary: "The token needs two WhatsApp permissions: enable both when you generate it.",
  parts: [
    bullets(
      rich`${code("whatsapp_business_messaging")}: send and receive messages.`,
      rich`${code("whatsapp_business_management")}: read the account, its phone numbers and its templates.`,
      rich`${code("business_management")} is optional. To send and to check, you need no other permission.`,
    ),
    paragraph(
      rich`If a permission is missing, generate a new token and enable both: ${command("guide step 4")}. You cannot add a permission to an existing token.`,
    ),
    paragraph(
      rich`If Meta shows no permissions, assign the app: ${command("guide step 3")}. The app may not be assigned yet.`,
    ),
  ],
  tips: [],
  nextStep: 4,
  keywords: phrases(
    "scope, scope missing, missing scope, permission, missing permission, permission list empty, whatsapp_business_messaging, whatsapp_business_management, business_management",
  ),
};

// Many users report "(#100) … does not exist" for an account that is not assigned (read 2026-11).
function account(context: GuideContext): Topic {
  return {
    id: "account",
    kind: "help",
    title: "Assign the WhatsApp account",
    summary: "A valid token still fails if its system user has no access to the WhatsApp account.",
    parts: [
      paragraph(
        rich`Missing access is the usual cause of codes 10, 200–299 and 131005. It is also the usual cause of "(#100) … does not exist, cannot be loaded due to missing permissions".`,
      ),
      steps(
        rich`Check the IDs: ${command("guide ids")}. Meta gives the same answer for a wrong ID.`,
        rich`Open your system user in ${link("Business settings", systemUsersUrl(context))}.`,
        rich`Click ${label("Assign assets")}.`,
        rich`Choose ${label("WhatsApp accounts")} → your account${knownId(context.accountId)} → ${label("Full control")} (or ${label("Manage WhatsApp Business Accounts")}) → ${label("Assign assets")}.`,
        rich`If your business also has a Messaging account, assign it with full control too. You need both.`,
        rich`Reload the page until the app and the accounts show ${label("Full control")}. This can take minutes.`,
        rich`If Meta still refuses, generate a new token: ${command("guide step 4")}. An older token may not see the account.`,
      ),
      paragraph(rich`Check the permissions too: ${command("guide scopes")}.`),
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
    title: "Find the correct IDs",
    summary: "The phone number, the phone number ID and the account ID are three different things.",
    parts: [
      bullets(
        rich`${code("WHATSAPP_PHONE_NUMBER_ID")}${knownId(context.phoneNumberId)} is the phone number ID, not the phone number. In a watchlist: ${code("phoneNumberId")}.`,
        rich`${code("WHATSAPP_BUSINESS_ACCOUNT_ID")}${knownId(context.accountId)} is the ID of the WhatsApp account, not of the business. In a watchlist: ${code("whatsappBusinessAccountId")}.`,
        rich`If Meta split your account into a WhatsApp account and a Messaging account, the Messaging account keeps the old ID.`,
      ),
      steps(
        rich`Open ${link("WhatsApp Manager", whatsappManagerUrl(context))} and find the phone number.`,
        rich`Look up the account that the number belongs to.`,
        rich`If an ID is of another kind, or the two are swapped, put each ID in its own place.`,
        rich`If the number is in another account, set the ID of that account. Or set the ID of a number in this account.`,
        rich`Restart the programs that read the IDs.`,
        rich`Run ${command("check")}.`,
      ),
    ],
    tips: [],
    keywords: phrases(
      "phone number id, phone id, account id, waba id, which id, correct ids, wrong id, ids swapped, swapped, swapped ids, swap ids, exchange ids, other account, another account, number of another account, nonexisting field, tried accessing nonexisting field on node type, node type, whatsapp manager, phonenumberid, whatsapp_business_account_id",
    ),
    alone: phrases("id, ids, number id, account number id"),
  };
}

// Only the API registers a number, with at most ten requests in 72 hours: Meta's page on registration, 26 June 2026.
function register(context: GuideContext): Topic {
  const number = context.phoneNumberId ?? "PHONE_NUMBER_ID";
  return {
    id: "register",
    kind: "help",
    title: "Register the phone number",
    summary: "A phone number that is not registered cannot send, with any token.",
    parts: [
      steps(
        rich`Open ${link("WhatsApp Manager", whatsappManagerUrl(context))} and look at the status of the number${knownId(context.phoneNumberId)}.`,
        rich`If the number is not verified, verify it there with the code that Meta sends to it.`,
        rich`Find the six digits of the number's two-step verification. They are the ${code("pin")} in the next step.`,
        {
          spans: rich`Register the number. Only the API can do this. Send ${code("messaging_product")} (${code("whatsapp")}) and ${code("pin")} to:`,
          codeblock: `POST /${number}/register`,
        },
        rich`Run ${command("check")}.`,
      ),
    ],
    tips: [
      rich`Use your current token if it has ${code("whatsapp_business_management")}. A new token changes nothing.`,
      rich`Meta accepts ten attempts in 72 hours for one number.`,
    ],
    keywords: phrases(
      "register, registered, not registered, number not registered, register number, registration, account not registered, pending, disconnected, not applicable, pin, 133005, 133006, 133010, 133016, 131045",
    ),
  };
}

const live: Topic = {
  id: "live",
  kind: "help",
  title: "The token works, but messages do not arrive",
  summary: "Check that the app is Live and the account has a payment method; a new token changes nothing.",
  parts: [
    steps(
      rich`Run ${command("check")}. The result shows whether Meta reports a sending block, and what is blocked.`,
      {
        spans: rich`Make sure that the app is ${bold("Live")}. Only a Live app reaches real recipients.`,
        bullets: [
          rich`In Development mode, only test recipients get messages.`,
          rich`Publishing the app needs a privacy policy URL and an icon.`,
        ],
      },
      rich`Add a payment method to the WhatsApp account if it has none (codes 131042, 141006). Delivery needs one.`,
      rich`Look at the account in Business settings. Meta may restrict or lock it (codes 368, 131031). Only Meta can lift the restriction.`,
    ),
  ],
  tips: [],
  keywords: phrases(
    "live, app live, live mode, development mode, publish, privacy policy, payment, payment method, billing, credit card, delivery, not delivered, messages not delivered, not sent, not sending, messages not sent, message failed, sending failed, nothing arrives, messages do not arrive, real recipients, test number, sending blocked, cannot send, blocked, restricted, locked, account restricted, account locked, account blocked, number blocked, 368, 131031, 131042, 141006",
  ),
  alone: phrases("message"),
};
