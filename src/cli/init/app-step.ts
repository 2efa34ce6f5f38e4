import type { Needs } from "../../token/inspection.ts";
import { Secret } from "../../token/secret/secret.ts";
import { redact } from "../../token/secret/shape.ts";
import { UsageError } from "../errors.ts";
import { type Desk, settle } from "./desk.ts";
import { checkApp, checkAppId, checkToken, type Token } from "./meta-checks.ts";
import type { Services } from "./services.ts";
import type { Given } from "./settings.ts";

/**
 * Settles the Meta app and its secret. The app's ID comes from the token, if Meta names it.
 * @returns `ANOTHER_TOKEN` when the person says that the token is of the wrong app
 */
export async function appStep(
  desk: Desk,
  services: Services,
  token: Token | undefined,
): Promise<App | undefined | typeof ANOTHER_TOKEN> {
  const { appId = null, appName = null } = token?.verdict.token ?? {};
  const isReplaced = appId !== null && isOther(appId, desk.settings.given("META_APP_ID"));
  const id = appId === null ? await askedId(desk, services) : await derivedId(desk, appId, appName);
  if (id === undefined || id === ANOTHER_TOKEN) return id;
  const settled = await settle(desk, {
    name: "META_APP_SECRET",
    explain: `Open https://developers.facebook.com/apps/${id}/settings/basic/ and press "Show" beside "App secret".`,
    question: "App secret:",
    hidden: true,
    without: WITHOUT,
    check: (secret) => checkApp(services, { id, secret }, appName, true),
  });
  if (settled === undefined) {
    // They belong to the other app.
    if (isReplaced) {
      desk.settings.forget(["META_APP_ID", "META_APP_SECRET"]);
      desk.say("META_APP_ID and META_APP_SECRET of the other app are removed from .env.", "warning");
    }
    return undefined;
  }
  desk.settings.keep({ META_APP_ID: id, META_APP_SECRET: settled.text });
  const app = settled.about ?? { id, secret: new Secret(settled.text) };
  if (token !== undefined) await inspectAgain(desk, services, token, app);
  return app;
}

export const ANOTHER_TOKEN = Symbol("another token");

type App = NonNullable<Needs["app"]>;

const WITHOUT = "Without the app secret, the bot cannot know when a token expires. It still checks everything else.";

async function derivedId(
  { ask, say, settings }: Desk,
  id: string,
  name: string | null,
): Promise<string | typeof ANOTHER_TOKEN> {
  const given = settings.given("META_APP_ID");
  const app = name === null ? id : `${name} (ID ${id})`;
  say(`App ${app}, read from the token.`, "good");
  if (given === undefined || !isOther(id, given)) return id;
  if (given.place === "environment")
    throw new UsageError(
      `META_APP_ID is another ID in the environment, but the token belongs to the app ${app}. Correct META_APP_ID in the environment. Then run init again.`,
    );
  return ask.choose<string | typeof ANOTHER_TOKEN>(
    `The token belongs to the app ${app}, but META_APP_ID is ${redact(given.text)}. Which one is right?`,
    [
      { name: "Watch this token: replace META_APP_ID", value: id },
      { name: "Use another token", value: ANOTHER_TOKEN },
    ],
  );
}

function isOther(id: string, given: Given | undefined): boolean {
  return given !== undefined && given.text !== id;
}

async function askedId(desk: Desk, services: Services): Promise<string | undefined> {
  const settled = await settle(desk, {
    name: "META_APP_ID",
    explain: `Open https://developers.facebook.com/apps, choose the app that your token belongs to, and copy "App ID" from the top of its dashboard.`,
    question: "App ID:",
    without: WITHOUT,
    check: (text) => checkAppId(services, text),
  });
  return settled?.text;
}

/** With its app's secret, Meta tells more about a token: its expiry, and whether it belongs to this app. */
async function inspectAgain({ say, wait }: Desk, services: Services, token: Token, app: App): Promise<void> {
  const found = await wait("Asking Meta about the token…", () => checkToken(services, token.secret, token.source, app));
  if (!found.ok) say(found.problem, "bad");
  else {
    say(`${found.found}.`, "good");
    if (found.note !== undefined) say(found.note, "warning");
  }
}
