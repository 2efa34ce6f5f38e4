import type { Config } from "../../config/config.ts";
import type { ConfigResult } from "../../config/load.ts";
import { counted } from "../../words/values.ts";
import { problemsFor } from "../configuration.ts";
import type { Line } from "./line.ts";

/** All problems that stop `run`, and all warnings. */
export async function configLines(result: ConfigResult): Promise<readonly Line[]> {
  const problems = problemsFor("run", result);
  const warnings = result.warnings.map(({ message }): Line => ({ status: "warning", topic, text: message }));
  if (!result.ok || problems.length > 0)
    return [...problems.map(({ message }): Line => ({ status: "problem", topic, text: message })), ...warnings];
  return [{ status: "ok", topic, text: watchesText(result.config) }, ...warnings];
}

const topic = "Configuration";

function watchesText({ watches }: Config): string {
  return `complete; ${counted(watches.length, "watch", "watches")}.`;
}
