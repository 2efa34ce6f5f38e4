import type { Renewal, StepResult } from "../../renewal/renewal.ts";
import type { Obstacle } from "../../renewal/renewer.ts";
import { resultOf } from "../../renewal/rules/steps.ts";
import { isUntested } from "../../renewal/rules/test-token.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Ran } from "./run-steps.ts";

/** @param endsOld true when the run was asked to end the old token */
export function exitForRun({ renewal, obstacle }: Ran, endsOld: boolean): ExitCode {
  if (obstacle !== null) return exitForObstacle(obstacle);
  return renewal === null ? EXIT.unknown : exitForRenewal(renewal, endsOld);
}

/** Why nothing began, or why a step was refused. */
export function exitForObstacle({ kind }: Obstacle): ExitCode {
  switch (kind) {
    case "no_app":
    case "no_ids":
    case "no_write":
    case "never_token":
    case "unknown_watch":
      return EXIT.usage;
    case "not_known":
    case "source_unreadable":
    case "crashed":
      return EXIT.unknown;
    case "dead_token":
    case "not_system_user":
    case "cannot_write":
    case "already_open":
    case "place_busy":
    case "already_ended":
    case "just_saved":
    case "no_renewal":
    case "not_now":
    case "busy":
      return EXIT.unhealthy;
  }
}

function exitForRenewal(renewal: Renewal, endsOld: boolean): ExitCode {
  const failed = renewal.steps.find(({ state }) => state === "failed");
  if (failed !== undefined) return isWithoutAnswer(failed) ? EXIT.unknown : EXIT.unhealthy;
  if (renewal.outcome !== null && renewal.outcome !== "done") return EXIT.unhealthy;
  return endsOld ? exitForEnd(resultOf(renewal, "end_old")) : exitForReading(resultOf(renewal, "read_back"));
}

function isWithoutAnswer({ detail }: StepResult): boolean {
  if (detail.kind === "exchange_refused") return detail.refusal === "unreachable";
  return detail.kind === "exchange_unanswered" || isUntested({ detail });
}

function exitForEnd(result: StepResult | undefined): ExitCode {
  if (result === undefined) return EXIT.unhealthy;
  if (result.state === "not_proven") return EXIT.unknown;
  // The old token still works, so a script must not go on as if it were dead.
  return result.detail.kind === "old_not_readable" ? EXIT.unhealthy : EXIT.healthy;
}

function exitForReading(result: StepResult | undefined): ExitCode {
  if (result?.state !== "not_proven") return result === undefined ? EXIT.unhealthy : EXIT.healthy;
  switch (result.detail.kind) {
    // Saved. Only the next start of the program can read it.
    case "restart_bot":
      return EXIT.healthy;
    case "not_read":
      return EXIT.unknown;
    default:
      return EXIT.unhealthy;
  }
}
