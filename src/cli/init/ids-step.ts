import { createLookUps, type LookUps } from "../../graph/look-ups.ts";
import { readTargets } from "../../graph/targets.ts";
import type { Needs } from "../../token/inspection.ts";
import type { Secret } from "../../token/secret/secret.ts";
import { type Desk, settle } from "./desk.ts";
import { checkId, numberText, type Token } from "./meta-checks.ts";
import type { Services } from "./services.ts";

/** Settles the WhatsApp account and the phone number that the token must reach. Offers what Meta lists. */
export async function idsStep(
  desk: Desk,
  services: Services,
  token: Token | undefined,
  app: App | undefined,
): Promise<void> {
  const lookUps = token === undefined ? undefined : createLookUps(services.graph, services, app);
  const finder: Finder = { desk, services, lookUps, secret: token?.secret, app };
  const account = await settleId(finder, "WHATSAPP_BUSINESS_ACCOUNT_ID", () => offeredAccount(finder));
  await settleId(finder, "WHATSAPP_PHONE_NUMBER_ID", () => offeredNumber(finder, account));
}

type App = NonNullable<Needs["app"]>;

interface Finder {
  readonly desk: Desk;
  readonly services: Services;
  readonly lookUps: LookUps | undefined;
  readonly secret: Secret | undefined;
  readonly app: App | undefined;
}

const TEXTS = {
  WHATSAPP_BUSINESS_ACCOUNT_ID: {
    explain: `The WhatsApp account that the token must reach. Open https://business.facebook.com/settings, "Accounts", "WhatsApp accounts", choose the account, and copy its ID.`,
    question: "WhatsApp Business account ID:",
    without: "Without an account ID, the bot does not check that the token reaches the account.",
  },
  WHATSAPP_PHONE_NUMBER_ID: {
    explain: `The phone number that the token must reach. In your app's dashboard, open "WhatsApp", "API Setup", and copy "Phone number ID". It is not the phone number itself.`,
    question: "Phone number ID:",
    without: "Without a phone number ID, the bot does not check that the token can send from the number.",
  },
} as const;

/** @param offer lets the person choose an ID that Meta lists; undefined when Meta lists none or the person wants none */
async function settleId(
  { desk, lookUps, secret }: Finder,
  name: keyof typeof TEXTS,
  offer: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const offered = desk.settings.given(name) === undefined ? await offer() : undefined;
  const id =
    offered ??
    (await settle(desk, { name, ...TEXTS[name], check: (text) => checkId(lookUps, secret, name, text) }))?.text;
  if (id !== undefined) desk.settings.keep({ [name]: id });
  return id;
}

async function offeredAccount({ desk, services, lookUps, secret, app }: Finder): Promise<string | undefined> {
  if (lookUps === undefined || secret === undefined || app === undefined) return undefined;
  const accounts = await desk.wait("Asking Meta for the WhatsApp accounts of the token…", async () => {
    const ids = await readTargets(services.graph, secret, app);
    return Promise.all(ids.slice(0, MOST).map(async (id) => ({ id, object: await lookUps.object(secret, id) })));
  });
  const choices = accounts.flatMap(({ id, object }) =>
    object.kind === "waba" ? [{ name: `${object.name ?? "No name"} (ID ${id})`, value: id }] : [],
  );
  const [only, ...others] = choices;
  if (only === undefined) return undefined;
  if (others.length > 0) return desk.ask.choose("Which WhatsApp account?", [...choices, ANOTHER]);
  desk.say(`WhatsApp account ${only.name}, read from the token.`, "good");
  return only.value;
}

async function offeredNumber(
  { desk, lookUps, secret }: Finder,
  account: string | undefined,
): Promise<string | undefined> {
  if (lookUps === undefined || secret === undefined || account === undefined) return undefined;
  const reading = await desk.wait("Asking Meta for the phone numbers…", () => lookUps.numbers(secret, account));
  if (!reading.ok || reading.value.length === 0) return undefined;
  const choices = reading.value.map((number) => ({ name: numberText(number), value: number }));
  const number = await desk.ask.choose("Which phone number?", [...choices, ANOTHER]);
  if (number !== undefined) desk.say(`Number ${numberText(number)} (ID ${number.id}).`, "good");
  return number?.id;
}

const ANOTHER = { name: "Another one, or none", value: undefined };

/** More accounts than this fit no list. */
const MOST = 20;
