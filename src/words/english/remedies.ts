import { code, rich, type Spans } from "../../guide/rich-text.ts";
import { ALWAYS_GRANTED } from "../../token/always-granted.ts";
import type { Finding, FindingCode } from "../../token/findings/finding.ts";
import { refusalOf, type Refusal } from "../../token/findings/findings-assets.ts";
import type { AssetKind } from "../../token/inspection.ts";
import { type FindingContext, factsOf } from "../finding-context.ts";
import type { Remedy } from "../remedy.ts";
import { coded } from "../values.ts";
import { assetKindOfNode, assetNouns, idSettings } from "./assets.ts";
import { checkLater, copyAgain, failures, NO_TOKEN_HELPS, openApp, setAppSecret } from "./failures.ts";
import { permissions } from "./findings.ts";
import { newToken, renewBefore, renewNow, revokedRemedy, saveToken } from "./revoked.ts";
import { shapes } from "./shapes.ts";

/** The remedy for each finding. */
export const remedies: Readonly<Record<FindingCode, Help>> = {
  expired: () => steps(newToken, saveToken),
  revoked: ({ evidence }) => revokedRemedy(evidence?.subcode ?? null),
  invalid: () =>
    steps(
      rich`Copy the whole token again. If you no longer have it, generate a new one for the system user.`,
      saveToken,
    ),
  not_a_token: (finding) => {
    const shape = factsOf(finding, "shape");
    return steps(...(shape === undefined ? [copyAgain] : shapes.remedy(shape.problem)));
  },
  wrong_app: () =>
    steps(
      rich`Generate the token for the expected app, or correct ${code("META_APP_ID")} and ${code("META_APP_SECRET")}.`,
    ),
  scope_missing: ({ objects }) =>
    steps(
      rich`Generate a new token that also has ${permissions(objects)}. You cannot add a permission to an existing token.`,
      saveToken,
    ),
  app_blocked: () => steps(openApp),
  phone_unreachable: (finding, context) => reach(finding, "phone", context),
  waba_unreachable: (finding, context) => reach(finding, "waba", context),
  sending_blocked: (finding) => steps(solveIn(sendingTool(finding))),
  sending_limited: (finding) => steps(rich`Open ${sendingTool(finding)} to see the limit. ${NO_TOKEN_HELPS}`),
  expires_soon: (finding) => {
    return steps(factsOf(finding, "end")?.past === true ? renewNow : renewBefore, saveToken);
  },
  reach_not_checked: ({ objects }, { assets }) => {
    const found = assets.flatMap(({ id, failure }) =>
      failure !== null && objects.includes(id) ? [failures.remedy(failure)] : [],
    );
    return steps(...(found.length === 0 ? [checkLater] : unique(found)));
  },
  other_account: (finding, { findings }) => {
    const facts = factsOf(finding, "accounts");
    // The configured account ID belongs to another kind of object, so it is wrong. The finding has the right ID, which
    // Meta has named.
    const isOtherKind = findings.some((other) => other.code === "waba_unreachable" && other.why === "other_kind");
    if (facts === undefined || !isOtherKind)
      return steps(rich`Check which of the two IDs is wrong: ${idSettings.phone} or ${idSettings.waba}.`);
    const right = facts.accounts.flatMap((id, index) => (index === 0 ? rich`${coded(id)}` : rich` or ${coded(id)}`));
    return steps(rich`Set ${idSettings.waba} to ${right}.`);
  },
  not_registered: () =>
    steps(
      rich`Register the number in WhatsApp Manager, or with the API call ${code("/register")} and its two-step PIN.`,
    ),
  temporary_token: () => steps(rich`Generate a token for a system user. It lasts longer than a few hours.`, saveToken),
  not_system_user: () => steps(rich`Generate a token for a system user of the business.`, saveToken),
  data_access_ended: () => LOG_IN,
  data_access_ending: () => LOG_IN,
  expiry_not_known: ({ evidence }) =>
    steps(
      evidence?.call === "GET /debug_token"
        ? rich`Look the token up in Meta's Access Token Debugger.`
        : rich`Set ${code("META_APP_ID")} and ${code("META_APP_SECRET")}, so that the bot can ask Meta for the date.`,
    ),
  proof_refused: () => steps(setAppSecret),
  scope_extra: ({ objects }) => {
    const avoidable = objects.filter((scope) => scope !== ALWAYS_GRANTED);
    const harmless = rich`${code(ALWAYS_GRANTED)} comes with every user token and is harmless.`;
    if (avoidable.length === 0) return steps(rich`Do nothing: ${harmless}`);
    const leaveOut = rich`Leave ${permissions(avoidable)} out of the next token, so that it can do no more than its job.`;
    return steps(avoidable.length === objects.length ? leaveOut : rich`${leaveOut} ${harmless}`);
  },
  graph_version_old: () => steps(rich`Set ${code("GRAPH_API_VERSION")} to a version that Meta still serves.`),
};

type Help = (finding: Finding, context: FindingContext) => Remedy;

const TOKEN_IS_FINE = "The token needs no change.";

const LOG_IN = steps(
  rich`Ask the person behind the token to log in to the app again. A system user's token has no such date.`,
);

/** A number and its account share one text, so that people read it once when both are refused. */
const REFUSED: Readonly<Record<Refusal, Remedy>> = {
  restricted: steps(solveIn("WhatsApp Manager")),
  dead: steps(newToken, saveToken),
  deleted: steps(rich`Set ${idSettings.phone} to the ID of a number that exists. ${NO_TOKEN_HELPS}`),
  no_access: steps(
    // A wrong ID is fixed without a new token, so it comes first.
    rich`Check the IDs of the phone number and the WhatsApp account: ${code("WHATSAPP_PHONE_NUMBER_ID")} and ${code("WHATSAPP_BUSINESS_ACCOUNT_ID")}, or the watchlist. If one is wrong, only correct it.`,
    rich`Assign the WhatsApp account to the system user.`,
    newToken,
    saveToken,
  ),
};

function steps(...all: readonly Spans[]): Remedy {
  return { steps: all, afterwards: [] };
}

function solveIn(tool: string): Spans {
  return rich`Open ${tool} and fix the problem that Meta shows there. ${NO_TOKEN_HELPS}`;
}

function unique(all: readonly Spans[]): readonly Spans[] {
  return all.filter((one, index) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === index);
}

function reach(finding: Finding, kind: AssetKind, { findings }: FindingContext): Remedy {
  if (finding.why !== "other_kind") return REFUSED[refusalOf(finding.evidence?.code ?? null)];
  if (isSwapped("phone_unreachable", "waba", findings) && isSwapped("waba_unreachable", "phone", findings))
    return steps(rich`Exchange the two IDs: ${idSettings.phone} and ${idSettings.waba}. ${TOKEN_IS_FINE}`);
  return steps(
    rich`Set ${idSettings[kind]} to the ID of the ${assetNouns[kind]}, as WhatsApp Manager shows it. ${TOKEN_IS_FINE}`,
  );
}

/** True when the ID of this finding belongs in the other setting. */
function isSwapped(found: FindingCode, really: AssetKind, findings: readonly Finding[]): boolean {
  return findings.some(
    (finding) => finding.code === found && assetKindOfNode(factsOf(finding, "node")?.node ?? "") === really,
  );
}

function sendingTool(finding: Finding): string {
  const types = new Set(factsOf(finding, "sending")?.entities.map(({ type }) => type));
  return types.size === 1 && types.has("APP") ? "the App Dashboard" : "WhatsApp Manager";
}
