import { namedApp } from "./context.ts";
import type { GuideContext } from "./context.ts";
import { businessHomeUrl, systemUsersUrl } from "./deep-links.ts";
import { bold, code, link, rich, steps } from "./rich-text.ts";
import type { Topic } from "./topic.ts";
import { phrases } from "./words.ts";

/** The five set-up steps. Their parts follow the seed guide point by point; what we know beyond it is in the notes. */
export function stepTopics(context: GuideContext): readonly Topic[] {
  return [
    openSettings(context),
    createSystemUser(context),
    assignApp(context),
    generateToken(context),
    putInApp(context),
  ];
}

function openSettings(context: GuideContext): Topic {
  return {
    id: "step-1",
    origin: "seed",
    step: 1,
    title: "Step 1: Open Business Settings",
    summary: "Open the settings of the business that owns your app.",
    parts: [
      steps(
        rich`Go to ${link("business.facebook.com", businessHomeUrl)}.`,
        rich`Use the ${bold("Meta Business Suite")} account that owns your app (or switch to it).`,
        rich`Click the ${bold("☰")} menu (top left) → ${bold("Business Settings")} (or ${bold("Settings")} → ${bold("Business settings")}).`,
      ),
    ],
    notes: [
      {
        advice:
          context.businessId === undefined
            ? rich`you can open ${link("Business settings", systemUsersUrl(context))} directly.`
            : rich`you can open ${link("System users of your business", systemUsersUrl(context))} directly.`,
      },
    ],
    keywords: phrases("business settings, business suite, settings, menu, open settings, switch account"),
  };
}

function createSystemUser(context: GuideContext): Topic {
  return {
    id: "step-2",
    origin: "seed",
    step: 2,
    title: "Step 2: Create a System User",
    summary: "Add a system user, the account that will own the token.",
    parts: [
      steps(
        rich`In the left menu go to ${bold("Users")} → ${
          context.businessId === undefined ? bold("System users") : link("System users", systemUsersUrl(context))
        } (under "People").`,
        rich`Click ${bold("Add")}.`,
        rich`Enter a name (e.g. ${bold("WhatsApp API")}).`,
        rich`Role: ${bold("Admin")}.`,
        rich`Click ${bold("Create system user")}.`,
      ),
    ],
    notes: [
      {
        advice: rich`the role ${bold("Employee")} is enough for a few accounts of your own.`,
        why: rich`it exposes less if the token leaks.`,
      },
      {
        advice: rich`if Meta refuses a new Admin, wait, use an older system user, or choose ${bold("Employee")}.`,
        why: rich`a system-user admin younger than seven days may be refused.`,
      },
    ],
    keywords: phrases(
      "create system user, add system user, new system user, create, role, admin, employee, seven days old, 7 days, admin system user must be at least seven days old",
    ),
  };
}

function assignApp(context: GuideContext): Topic {
  return {
    id: "step-3",
    origin: "seed",
    step: 3,
    title: "Step 3: Assign Your App to the System User",
    summary: "Give the system user full control of your app.",
    parts: [
      steps(
        rich`Open the system user you just created.`,
        rich`Go to ${bold("Assign assets")} (or ${bold("Add assets")}).`,
        rich`Choose ${bold("Apps")} → select ${namedApp(context)}.`,
        rich`Set permission to ${bold("Full control")}.`,
        rich`Save.`,
      ),
    ],
    notes: [
      {
        advice: rich`assign the WhatsApp account as well: ${bold("WhatsApp accounts")} → your account → ${bold("Manage WhatsApp Business Accounts")} (Full control).`,
        why: rich`a missing account is the most common reason why a valid token still fails.`,
      },
      {
        advice: rich`assign both before you generate, then reload until the app shows ${bold("Full control")} (the dialog may say ${bold("Manage app")}).`,
        why: rich`it can take minutes, and a token may not see what is assigned after it was made.`,
      },
    ],
    keywords: phrases("assign, assign app, assign asset, add asset, asset, full control, manage app, control"),
  };
}

function generateToken(context: GuideContext): Topic {
  return {
    id: "step-4",
    origin: "seed",
    step: 4,
    title: "Step 4: Generate a Token for the System User",
    summary: "Generate the token with the two WhatsApp permissions and copy it.",
    parts: [
      steps(
        rich`In the same system user page, click ${bold("Generate new token")}.`,
        rich`Select ${namedApp(context)}.`,
        {
          spans: rich`Choose ${bold("Custom permissions")} and enable:`,
          bullets: [rich`${code("whatsapp_business_messaging")}`, rich`${code("whatsapp_business_management")}`],
        },
        rich`Token expiration: choose ${bold("Never")} (or ${bold("60 days")} if "Never" is not available; then repeat before 60 days).`,
        rich`Click ${bold("Generate token")}.`,
        rich`${bold("Copy the token")} and store it safely. You won't see it again.`,
      ),
    ],
    notes: [
      {
        advice: rich`copy all of it, without quotes or spaces, straight into your secret store. Never into a message, a DM to this bot included.`,
        why: rich`Slack keeps messages. The form of ${code("/wa-token check")} is not a message, but Slack's servers see what is typed there, and the form says so.`,
      },
      {
        advice: rich`a 60-day token can be refreshed while it is alive; never refresh a Never token. See ${code("/wa-token guide never")}.`,
        why: rich`Meta now recommends 60 days and does not offer Never to every business; a refreshed Never token comes back with 60 days.`,
      },
      {
        advice: rich`the two permissions are enough to send and to inspect; ${code("business_management")} is optional.`,
        why: rich`a permission nobody uses only makes a leak worse.`,
      },
    ],
    keywords: phrases(
      "generate, generate token, generate new token, new token, make token, create token, generate system user token, regenerate, copy, copy token, custom permissions, invalid, invalid token, malformed, not a token, too short, short token, incomplete, truncated, cannot parse access token, invalid oauth access token",
    ),
  };
}

function putInApp(context: GuideContext): Topic {
  const number = context.phoneNumberId === undefined ? rich`` : rich` (${code(context.phoneNumberId)})`;
  return {
    id: "step-5",
    origin: "seed",
    step: 5,
    title: "Step 5: Put the Token in Your App",
    summary: "Set the token in .env and restart your app.",
    parts: [
      steps(
        rich`Open your project ${code(".env")}.`,
        { spans: rich`Set:`, codeblock: "WHATSAPP_ACCESS_TOKEN=the_token_you_just_copied" },
        rich`Keep ${code("WHATSAPP_PHONE_NUMBER_ID")} as it is${number}.`,
        rich`Restart your app (${code("npm run dev")}).`,
      ),
    ],
    notes: [
      {
        advice: rich`then run ${code("/wa-token check")}.`,
        why: rich`it shows whether the token is alive, what it may do and whether it reaches your phone number.`,
      },
    ],
    keywords: phrases(
      "env, dotenv, env file, restart, npm run dev, deploy, put token, whatsapp_access_token, whatsapp_phone_number_id, variable, environment, unreadable",
    ),
  };
}
