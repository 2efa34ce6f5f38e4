import { variableOf } from "../../config/problem.ts";
import type { VariableName } from "../../config/variables.ts";
import { problemsText, readConfiguration } from "../configuration.ts";
import { UsageError } from "../errors.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { dialogue } from "./dialogue.ts";
import { openSettings } from "./settings.ts";
import { unattended } from "./unattended.ts";

/** Sets the bot up with a person on a terminal, or checks and saves the values of the environment without one. */
export async function init(io: Io): Promise<ExitCode> {
  const result = await readConfiguration(io);
  if (io.terminal === undefined) return unattended(result, openSettings(io), io);
  // The calls to Slack and Meta depend on the other variables, and init does not ask about those.
  const others = (result.ok ? [] : result.problems).filter((problem) => !ASKED.has(variableOf(problem)));
  if (others.length > 0) throw new UsageError(`${problemsText(others)}\nThen run init again.`);
  return dialogue(result.ok ? result.config : result.usable, io, io.terminal);
}

/** The variables that init asks about. */
const ASKED: ReadonlySet<string> = new Set<VariableName>([
  "SLACK_BOT_TOKEN",
  "SLACK_APP_TOKEN",
  "SLACK_SIGNING_SECRET",
  "ALERT_CHANNEL",
  "META_APP_ID",
  "META_APP_SECRET",
  "WHATSAPP_TOKEN_SOURCE",
  "WHATSAPP_PHONE_NUMBER_ID",
  "WHATSAPP_BUSINESS_ACCOUNT_ID",
  "ONCALL",
]);
