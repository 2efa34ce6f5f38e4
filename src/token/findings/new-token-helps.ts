import { CATALOGUE } from "./catalogue.ts";
import { type Finding, isFindingCode } from "./finding.ts";
import { refusalOf } from "./findings-assets.ts";
import { blockOf, findingsToFix } from "../telling.ts";
import type { Verdict } from "../verdict.ts";

/** True when a new token may solve a problem of this verdict. False while Meta blocks the app. */
export function newTokenHelps(verdict: Pick<Verdict, "state" | "findings">): boolean {
  return blockOf(verdict.findings) === undefined && findingsToFix(verdict).some(helps);
}

function helps({ code, why, evidence }: Finding): boolean {
  if (!isFindingCode(code) || CATALOGUE[code].newToken === "never") return false;
  if (code !== "phone_unreachable" && code !== "waba_unreachable") return true;
  // The configured ID is wrong, the account is restricted, or the number is gone.
  const refusal = refusalOf(evidence?.code ?? null);
  return why !== "other_kind" && refusal !== "restricted" && refusal !== "deleted";
}
