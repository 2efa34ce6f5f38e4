import type { Config } from "../../config/config.ts";
import { problemsFor, problemsText, readConfiguration } from "../configuration.ts";
import { UsageError } from "../errors.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Io, Terminal } from "../io.ts";
import { ANOTHER_TOKEN, appStep } from "./app-step.ts";
import { type Desk, openDesk } from "./desk.ts";
import { idsStep } from "./ids-step.ts";
import { peopleStep } from "./people-step.ts";
import { pressStep } from "./press-step.ts";
import { createQuestions, Stopped } from "./questions.ts";
import { openServices } from "./services.ts";
import { openSettings } from "./settings.ts";
import { slackSteps } from "./slack-steps.ts";
import { START } from "./start-command.ts";
import { anotherTokenStep, tokenStep } from "./token-step.ts";

/** Asks a person for every value that is missing or wrong. @param config the settings for the calls to Slack and Meta */
export async function dialogue(config: Config, io: Io, terminal: Terminal): Promise<ExitCode> {
  const stopping = new AbortController();
  const forget = io.onStop(() => stopping.abort());
  const settings = openSettings(io);
  const desk = openDesk(io, createQuestions(terminal, stopping.signal), settings, stopping.signal);
  try {
    await steps(desk, config, io);
    return await conclusion(desk, io);
  } catch (error) {
    if (error instanceof Stopped) throw new UsageError(stoppedText(settings.kept()), { cause: error });
    throw error;
  } finally {
    forget();
  }
}

async function steps(desk: Desk, config: Config, io: Io): Promise<void> {
  desk.say(
    "This sets the bot up in a few questions. Each value is checked with Slack or Meta, and then saved in .env. Stop at any time with Ctrl-C: the next run continues there.",
  );
  await using services = openServices(config, io);
  const slack = await slackSteps(desk, services);
  let token = await tokenStep(desk, services, io);
  let app = await appStep(desk, services, token);
  while (app === ANOTHER_TOKEN) {
    token = await anotherTokenStep(desk, services, io);
    app = await appStep(desk, services, token);
  }
  if (desk.settings.given("WATCHLIST") === undefined) await idsStep(desk, services, token, app);
  await peopleStep(desk);
  await pressStep(desk, services, slack);
}

/** Reads the saved configuration as the bot will. */
async function conclusion({ say }: Desk, io: Io): Promise<ExitCode> {
  const result = await readConfiguration(io);
  const problems = problemsFor("run", result);
  if (!result.ok || problems.length > 0) throw new UsageError(problemsText(problems));
  say("");
  const { watches } = result.config;
  if (watches.length === 0) {
    say(WATCHES_NOTHING, "warning");
    return EXIT.healthy;
  }
  if (watches.every(reachesSomething)) say(`The set-up is complete. Start the bot: ${START}`, "good");
  else say(`${CHECKS_NO_REACH} Start the bot: ${START}`, "warning");
  say("Then type /wa-token in Slack. To check the set-up later, run wa-token doctor.");
  return EXIT.healthy;
}

const WATCHES_NOTHING =
  "The bot watches no token yet. For the steps to a token, run wa-token guide. Then run wa-token init again.";

const CHECKS_NO_REACH =
  "The set-up works, but the bot does not check that the token reaches a phone number or an account.";

type Watch = Config["watches"][number];

function reachesSomething({ phoneNumberId, whatsappBusinessAccountId }: Watch): boolean {
  return phoneNumberId !== undefined || whatsappBusinessAccountId !== undefined;
}

function stoppedText(kept: readonly string[]): string {
  return kept.length === 0
    ? "Stopped. Nothing was saved."
    : `Stopped. .env keeps what was checked: ${kept.join(", ")}. Run wa-token init again to continue.`;
}
