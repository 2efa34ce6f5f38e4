import type { Config } from "../../config/config.ts";
import type { ConfigResult } from "../../config/load.ts";
import { inTableOrder, type Problem, variableOf } from "../../config/problem.ts";
import { SECRET_VARIABLES, VARIABLE_TABLE, type VariableName } from "../../config/variables.ts";
import { createLookUps } from "../../graph/look-ups.ts";
import { problemsFor, problemsText } from "../configuration.ts";
import { UsageError } from "../errors.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import type { Found } from "./finding.ts";
import { checkApp, checkId, checkSource, type Token } from "./meta-checks.ts";
import { openServices, type Services } from "./services.ts";
import { givenSource, type Settings } from "./settings.ts";
import { checkAppToken, checkBotToken, checkSigningSecret } from "./slack-checks.ts";
import { START } from "./start-command.ts";

/**
 * Checks the values that are there, without a person: posts nothing, and waits for nobody. Saves the values of the
 * environment in `.env`, but only when every value is right. Throws a UsageError with every problem.
 */
export async function unattended(result: ConfigResult, settings: Settings, io: Io): Promise<ExitCode> {
  const config = result.ok ? result.config : result.usable;
  const known = problemsFor("run", result);
  const found = await askServices(config, settings, new Set(known.map(variableOf)), io);
  const problems = inTableOrder([...known, ...found.flatMap(({ problem }) => problem ?? [])]);
  if (problems.length > 0) throw new UsageError(`${problemsText(problems)}\nNothing was saved in .env.`);
  for (const { line } of found) if (line !== undefined) io.stdout.write(`${line}.\n`);
  const values = ownVariables(io, settings);
  const names = Object.keys(values);
  if (names.length > 0) settings.keep(values);
  const saved = names.length > 0 ? `Saved in .env: ${names.join(", ")}.` : "The environment has no value to save.";
  io.stdout.write(`${saved}\nStart the bot: ${START}\n`);
  return EXIT.healthy;
}

interface Asked {
  readonly line?: string;
  readonly problem?: Problem;
}

/** @param wrong variables with a problem, which no service is asked about */
async function askServices(
  config: Config,
  settings: Settings,
  wrong: ReadonlySet<string>,
  io: Io,
): Promise<readonly Asked[]> {
  await using services = openServices(config, io);
  const asked: Asked[] = [];
  const ask = async <T>(name: VariableName, check: () => Promise<Found<T>>): Promise<T | undefined> => {
    if (wrong.has(name)) return undefined;
    const found = await check();
    asked.push(
      found.ok ? { line: `${name}: ${found.found}` } : { problem: { name, message: named(name, found.problem) } },
    );
    return found.ok ? found.about : undefined;
  };
  const text = (name: VariableName): string | undefined => settings.given(name)?.text;
  const [botToken, appToken, signingSecret, appId, appSecret] = SLACK_AND_APP.map(text);
  const bot =
    botToken === undefined ? undefined : await ask("SLACK_BOT_TOKEN", () => checkBotToken(services, botToken));
  if (appToken !== undefined)
    await ask("SLACK_APP_TOKEN", () => checkAppToken(services, appToken, bot ?? { appId: undefined }));
  if (signingSecret !== undefined) await ask("SLACK_SIGNING_SECRET", () => checkSigningSecret(signingSecret));
  const app =
    appId === undefined || appSecret === undefined || wrong.has("META_APP_ID")
      ? undefined
      : await ask("META_APP_SECRET", () => checkApp(services, { id: appId, secret: appSecret }, null, false));
  const source = config.watches.length === 1 ? givenSource(settings) : undefined;
  if (source === undefined) return asked;
  const token = await ask("WHATSAPP_TOKEN_SOURCE", () => checkSource(services, source.text, app));
  await askIds({ config, services, token, app, ask });
  return asked;
}

const SLACK_AND_APP = [
  "SLACK_BOT_TOKEN",
  "SLACK_APP_TOKEN",
  "SLACK_SIGNING_SECRET",
  "META_APP_ID",
  "META_APP_SECRET",
] as const;

type Ask = <T>(name: VariableName, check: () => Promise<Found<T>>) => Promise<T | undefined>;

interface IdQuestion {
  readonly config: Config;
  readonly services: Services;
  readonly token: Token | undefined;
  readonly app: Config["app"];
  readonly ask: Ask;
}

async function askIds({ config, services, token, app, ask }: IdQuestion): Promise<void> {
  if (token === undefined) return;
  const lookUps = createLookUps(services.graph, services, app);
  const { phoneNumberId, whatsappBusinessAccountId } = config.defaults;
  const ids = [
    ["WHATSAPP_BUSINESS_ACCOUNT_ID", whatsappBusinessAccountId],
    ["WHATSAPP_PHONE_NUMBER_ID", phoneNumberId],
  ] as const;
  for (const [name, id] of ids) if (id !== undefined) await ask(name, () => checkId(lookUps, token.secret, name, id));
}

function named(name: string, problem: string): string {
  return problem.includes(name) ? problem : `${name}: ${problem}`;
}

/** Every variable of this bot in the environment. The token itself is never saved, only its source. */
function ownVariables(io: Io, settings: Settings): Readonly<Partial<Record<VariableName, string>>> {
  const values: Partial<Record<VariableName, string>> = {};
  for (const { name } of VARIABLE_TABLE) {
    const isSet = [name, ...(SECRET_VARIABLES.includes(name) ? [`${name}_FILE`] : [])].some(
      (one) => (io.env[one] ?? "").trim() !== "",
    );
    const given = isSet ? settings.given(name) : undefined;
    if (given !== undefined && name !== "WHATSAPP_ACCESS_TOKEN") values[name] = given.text;
  }
  const source = givenSource(settings);
  return source === undefined || source.place === ".env" ? values : { ...values, WHATSAPP_TOKEN_SOURCE: source.text };
}
