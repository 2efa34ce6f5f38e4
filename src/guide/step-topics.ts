import { knownId, namedApp, shownPlace } from "./context.ts";
import type { GuideContext } from "./context.ts";
import { businessHomeUrl, systemUsersUrl } from "./deep-links.ts";
import { code, command, label, link, rich, steps } from "./rich-text.ts";
import type { ListItem, Spans } from "./rich-text.ts";
import type { Topic } from "./topic.ts";
import { phrases } from "./words.ts";

/** The five setup steps. Labels and order follow Meta's pages of autumn 2026. */
export function stepTopics(context: GuideContext): readonly Topic[] {
  return [
    openSettings(context),
    createSystemUser(context),
    assignAssets(context),
    generateToken(context),
    putInApp(context),
  ];
}

function openSettings(context: GuideContext): Topic {
  const page = context.businessId === undefined ? "Business settings" : "the System users page of your business";
  return {
    id: "step-1",
    kind: "setup",
    step: 1,
    title: "Step 1: Open Business Settings",
    summary: "Open the settings of the business that owns your app.",
    parts: [
      steps(
        rich`Go to ${link("business.facebook.com", businessHomeUrl)}.`,
        rich`Use the ${label("Meta Business Suite")} account that owns your app. Switch to it if another account is open.`,
        {
          spans: rich`Click ${label("Settings")}.`,
          bullets: [
            rich`On some pages, open the ${label("☰")} menu (top left) → ${label("Business Settings")} (or ${label("Settings")} → ${label("Business settings")}).`,
          ],
        },
      ),
    ],
    tips: [rich`You can also open ${link(page, systemUsersUrl(context))} directly.`],
    keywords: phrases("business settings, business suite, settings, menu, open settings, switch account"),
  };
}

function createSystemUser(context: GuideContext): Topic {
  return {
    id: "step-2",
    kind: "setup",
    step: 2,
    title: "Step 2: Create a System User",
    summary: "Add a system user, the account that will own the token.",
    parts: [
      steps(
        rich`In the left menu, go to ${label("Users")} → ${
          context.businessId === undefined ? label("System users") : link("System users", systemUsersUrl(context))
        } (under "People").`,
        rich`Click ${label("Add")}.`,
        rich`Enter a name, for example ${label("WhatsApp API")}.`,
        {
          spans: rich`Choose the role ${label("Admin")}.`,
          bullets: [
            rich`For a few accounts of your own, ${label("Employee")} is enough. It exposes less if the token leaks.`,
            // "The admin system user must be at least seven days old …": observed, read 2026-11.
            rich`Meta may refuse a new ${label("Admin")} while the first one is younger than seven days. Then choose ${label("Employee")}, use an older system user, or wait.`,
          ],
        },
        rich`Click ${label("Create system user")}.`,
      ),
    ],
    tips: [],
    keywords: phrases(
      "create system user, add system user, new system user, create, role, admin, employee, seven days old, 7 days, admin system user must be at least seven days old",
    ),
  };
}

// WhatsApp account and Messaging account: Meta splits accounts in the second half of 2026 (account model, read 2026-11).
function assignAssets(context: GuideContext): Topic {
  return {
    id: "step-3",
    kind: "setup",
    step: 3,
    title: "Step 3: Assign Your App and WhatsApp Account",
    summary: "Give the system user full control of your app and of your WhatsApp account.",
    parts: [
      steps(
        rich`Open the system user you just created.`,
        rich`Click ${label("Assign assets")} (or ${label("Add assets")}).`,
        rich`Choose ${label("Apps")} → select ${namedApp(context)}.`,
        rich`Set the permission to ${label("Full control")} (or ${label("Manage app")}).`,
        {
          spans: rich`Choose ${label("WhatsApp accounts")} → select your account${knownId(context.accountId)} → ${label("Full control")} (or ${label("Manage WhatsApp Business Accounts")}).`,
          bullets: [
            rich`If your business also has a Messaging account, assign it with full control too. You need both.`,
            rich`The WhatsApp account holds the numbers. The Messaging account holds the templates and the billing.`,
          ],
        },
        rich`Click ${label("Assign assets")} to save.`,
        {
          spans: rich`Reload the page until the app shows ${label("Full control")}. This can take minutes.`,
          bullets: [rich`Generate the token only after that. It may not see accounts that you assign later.`],
        },
      ),
    ],
    tips: [rich`A missing WhatsApp account is the most common reason why a valid token still fails.`],
    keywords: phrases(
      "assign, assign app, assign asset, add asset, asset, full control, manage app, control, messaging account, assign messaging account",
    ),
  };
}

// The order of the dialog: Meta's page on API keys, 16 Nov 2026.
function generateToken(context: GuideContext): Topic {
  return {
    id: "step-4",
    kind: "setup",
    step: 4,
    title: "Step 4: Generate a Token for the System User",
    summary: "Generate the token with the two WhatsApp permissions and copy it.",
    parts: [
      steps(
        rich`On the page of the same system user, click ${label("Generate token")} (or ${label("Generate new token")}).`,
        rich`Select ${namedApp(context)}, then click ${label("Next")}.`,
        {
          spans: rich`Choose the token expiration ${label("Never")}, then click ${label("Next")}.`,
          bullets: [
            rich`If Meta does not offer ${label("Never")}, choose ${label("60 days")}. Repeat this step before the 60 days end.`,
          ],
        },
        {
          spans: rich`Enable these permissions:`,
          bullets: [rich`${code("whatsapp_business_messaging")}`, rich`${code("whatsapp_business_management")}`],
        },
        rich`Click ${label("Generate token")}.`,
        {
          spans: rich`Copy the token and store it safely. You cannot see it again.`,
          bullets: [
            rich`Copy the whole token, without quotes or spaces, directly into your secret store.`,
            rich`Never put the token in a message, not even in a DM to this bot. Slack keeps messages.`,
          ],
        },
      ),
    ],
    tips: [
      rich`Meta recommends ${label("60 days")} and does not offer ${label("Never")} to every business. You can refresh a 60-day token while it works. See ${command("guide never")}.`,
      rich`Do not refresh a token that never expires. Meta would give you a 60-day token.`,
      rich`The two permissions are enough to send messages and to check the token. The permission ${code("business_management")} is optional, and makes a leak worse.`,
    ],
    keywords: phrases(
      "generate, generate token, generate new token, new token, make token, create token, generate system user token, regenerate, copy, copy token, custom permissions, invalid, invalid token, malformed, not a token, too short, short token, incomplete, truncated, cannot parse access token, invalid oauth access token",
    ),
  };
}

function putInApp(context: GuideContext): Topic {
  return {
    id: "step-5",
    kind: "setup",
    step: 5,
    title: "Step 5: Put the Token in Your App",
    summary: "Save the token where your app reads it, then restart the app.",
    parts: [
      steps(
        ...savingSteps(context),
        rich`Keep ${code("WHATSAPP_PHONE_NUMBER_ID")} as it is${knownId(context.phoneNumberId)}.`,
        rich`Restart the app if it reads the token only at start (for example ${code("npm run dev")}).`,
        {
          spans: rich`Run ${command("check")}.`,
          bullets: [rich`The check tests the token, its permissions and its access to your phone number.`],
        },
      ),
    ],
    tips: [
      rich`In Slack, the check uses a form, not a message. Slack's servers still see the text in the form, and the form says so.`,
    ],
    keywords: phrases(
      "env, dotenv, env file, restart, npm run dev, deploy, put token, whatsapp_access_token, whatsapp_phone_number_id, variable, environment, unreadable",
    ),
  };
}

/** How to save the token: in the place that the watch reads, or in the `.env` of the project. */
function savingSteps({ place }: GuideContext): readonly (ListItem | Spans)[] {
  switch (place?.kind) {
    case "file":
      return [
        rich`Open the file ${code(shownPlace(place.path))}.`,
        rich`Replace its whole content with the new token. Do not add a name, quotes or spaces.`,
      ];
    case "exec":
      return [
        rich`Open the secret store that the command ${code(shownPlace(place.command))} reads the token from.`,
        rich`Replace the old token with the new one.`,
      ];
    case "dotenv":
      return [rich`Open ${code(shownPlace(place.path))}.`, setting(place.name)];
    case "fleet":
      return [
        rich`Open ${code(shownPlace(place.path))}.`,
        rich`In the line of ${code(shownPlace(place.watch))}, replace the value of ${code("token")} with the new token.`,
      ];
    default:
      return [rich`Open the ${code(".env")} file of your project.`, setting(place?.name ?? "WHATSAPP_ACCESS_TOKEN")];
  }
}

function setting(name: string): ListItem {
  return { spans: rich`Set:`, codeblock: `${shownPlace(name)}=the_token_you_just_copied` };
}
