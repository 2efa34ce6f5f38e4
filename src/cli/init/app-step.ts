import type { Needs } from "../../token/inspection.ts";
import { Secret } from "../../token/secret/secret.ts";
import { UsageError } from "../errors.ts";
import { type Desk, settle } from "./desk.ts";
import { checkApp, checkAppId, checkToken, type Token } from "./meta-checks.ts";
import type { Services } from "./services.ts";

/** Settles the Meta app and its secret. The app's ID comes from the token, if Meta names it. */
export async function appStep(desk: Desk, services: Services, token: Token | undefined): Promise<App | undefined> {
  const { appId = null, appName = null } = token?.verdict.token ?? {};
  const id = appId === null ? await askedId(desk, services) : derivedId(desk, appId, appName);
  if (id === undefined) return undefined;
  const settled = await settle(desk, {
    name: "META_APP_SECRET",
    explain: `Open https://developers.facebook.com/apps/${id}/settings/basic/ and press "Show" beside "App secret".`,
    question: "App secret:",
    hidden: true,
    without: WITHOUT,
    check: (secret) => checkApp(services, { id, secret }, appName, true),
  });
  if (settled === undefined) return undefined;
  desk.settings.keep({ META_APP_ID: id, META_APP_SECRET: settled.text });
  const app = settled.about ?? { id, secret: new Secret(settled.text) };
  if (token !== undefined) await inspectAgain(desk, services, token, app);
  return app;
}

type App = NonNullable<Needs["app"]>;

const WITHOUT = "Without the app secret, the bot cannot know when a token expires. It still checks everything else.";

function derivedId({ say, settings }: Desk, id: string, name: string | null): string {
  const given = settings.given("META_APP_ID");
  const app = name === null ? id : `${name} (ID ${id})`;
  say(`App ${app}, read from the token.`, "good");
  if (given === undefined || given.text === id) return id;
  const problem = `META_APP_ID is ${given.place === "environment" ? "another ID in the environment" : "another ID in .env"}, but the token belongs to the app ${app}.`;
  if (given.place === "environment")
    throw new UsageError(`${problem} Correct META_APP_ID in the environment. Then run init again.`);
  say(`${problem} Init replaces the ID.`, "warning");
  return id;
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
