import { knownId, namedApp, shownPlace } from "./context.ts";
import type { GuideContext } from "./context.ts";
import { businessHomeUrl, systemUsersUrl } from "./deep-links.ts";
import { code, command, label, link, rich, steps } from "./rich-text.ts";
import type { ListItem, Spans } from "./rich-text.ts";
import type { Topic } from "./topic.ts";
import { phrases } from "./words.ts";

/** The five set-up steps: the team's own guide, brought in line with Meta's pages of autumn 2026. */
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
  const page = context.businessId === undefined ? "Business settings" : "the System users of your business";
  return {
    id: "step-1",
    kind: "setup",
    step: 1,
    title: "Step 1: Open Business Settings",
    summary: "Open the settings of the business that owns your app.",
    parts: [
      steps(
        rich`Go to ${link("business.facebook.com", businessHomeUrl)}.`,
        rich`Use the ${label("Meta Business Suite")} account that owns your app (or switch to it).`,
        rich`Click ${label("Settings")}. On some pages it is in the ${label("☰")} menu (top left) → ${label("Business Settings")} (or ${label("Settings")} → ${label("Business settings")}).`,
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
        rich`In the left menu go to ${label("Users")} → ${
          context.businessId === undefined ? label("System users") : link("System users", systemUsersUrl(context))
        } (under "People").`,
        rich`Click ${label("Add")}.`,
        rich`Enter a name (e.g. ${label("WhatsApp API")}).`,
        {
          spans: rich`Role: ${label("Admin")}. For a few accounts of your own, ${label("Employee")} is enough, and exposes less if the token leaks.`,
          bullets: [
            // "The admin system user must be at least seven days old …": observed, read 2026-11.
            rich`Does Meta refuse a new ${label("Admin")} because the first one is younger than seven days? Choose ${label("Employee")}, use an older system user, or wait.`,
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
    title: "Step 3: Assign Your App to the System User",
    summary: "Give the system user full control of your app and of your WhatsApp account.",
    parts: [
      steps(
        rich`Open the system user you just created.`,
        rich`Go to ${label("Assign assets")} (or ${label("Add assets")}).`,
        rich`Choose ${label("Apps")} → select ${namedApp(context)}.`,
        rich`Set permission to ${label("Full control")} (it may be called ${label("Manage app")}).`,
        {
          spans: rich`Choose ${label("WhatsApp accounts")} → select your account${knownId(context.accountId)} → ${label("Full control")} (or ${label("Manage WhatsApp Business Accounts")}).`,
          bullets: [
            rich`Does your business also have a Messaging account? Assign it with full control too: both are needed. The WhatsApp account has the numbers, the Messaging account the templates and the billing.`,
          ],
        },
        rich`Save with ${label("Assign assets")}.`,
        rich`Reload until the app shows ${label("Full control")}. This can take minutes. Generate the token only then: it may not see what you assign later.`,
      ),
    ],
    tips: [rich`A missing account is the most common reason why a valid token still fails.`],
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
        rich`Select ${namedApp(context)}. Click ${label("Next")}.`,
        rich`Token expiration: choose ${label("Never")} (or ${label("60 days")} if "Never" is not available; then repeat before 60 days). Click ${label("Next")}.`,
        {
          spans: rich`Permissions: enable`,
          bullets: [rich`${code("whatsapp_business_messaging")}`, rich`${code("whatsapp_business_management")}`],
        },
        rich`Click ${label("Generate token")}.`,
        {
          spans: rich`Copy the token and store it safely. You won't see it again.`,
          bullets: [
            rich`Copy all of it, without quotes or spaces, straight into your secret store.`,
            rich`Never put it into a message, not even a DM to this bot: Slack keeps messages.`,
          ],
        },
      ),
    ],
    tips: [
      rich`Meta recommends 60 days and does not offer Never to every business. A 60-day token can be refreshed while it is alive. Never refresh a Never token: it comes back with 60 days. See ${command("guide never")}.`,
      rich`The two permissions are enough to send and to inspect. ${code("business_management")} is optional, and makes a leak worse.`,
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
    summary: "Save the token where your app reads it, and restart your app.",
    parts: [
      steps(
        ...savingSteps(context),
        rich`Keep ${code("WHATSAPP_PHONE_NUMBER_ID")} as it is${knownId(context.phoneNumberId)}.`,
        rich`Restart your app (${code("npm run dev")}).`,
        rich`Run ${command("check")}: is the token alive, what may it do, and does it reach your phone number?`,
      ),
    ],
    tips: [
      rich`The form of the check in Slack is not a message, but Slack's servers see what is typed there, and the form says so.`,
    ],
    keywords: phrases(
      "env, dotenv, env file, restart, npm run dev, deploy, put token, whatsapp_access_token, whatsapp_phone_number_id, variable, environment, unreadable",
    ),
  };
}

/** Where the token goes: the place that the watch reads, or the `.env` of the project. */
function savingSteps({ place }: GuideContext): readonly (ListItem | Spans)[] {
  switch (place?.kind) {
    case "file":
      return [
        rich`Open the file ${code(shownPlace(place.path))}.`,
        rich`Replace all of its content with the new token, without a name, quotes or spaces.`,
      ];
    case "exec":
      return [
        rich`Open the secret store from which the command ${code(shownPlace(place.command))} reads the token.`,
        rich`Replace the old token there with the new one.`,
      ];
    case "dotenv":
      return [rich`Open ${code(shownPlace(place.path))}.`, setting(place.name)];
    default:
      return [rich`Open your project ${code(".env")}.`, setting(place?.name ?? "WHATSAPP_ACCESS_TOKEN")];
  }
}

function setting(name: string): ListItem {
  return { spans: rich`Set:`, codeblock: `${shownPlace(name)}=the_token_you_just_copied` };
}
