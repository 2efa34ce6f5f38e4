import { code, date, rich, type Spans } from "../../guide/rich-text.ts";
import type { Finding, FindingCode } from "../../token/findings/finding.ts";
import { refusalOf, type Refusal } from "../../token/findings/findings-assets.ts";
import type { AssetKind, SendingEntity } from "../../token/inspection.ts";
import type { AssetVerdict } from "../../token/verdict.ts";
import { type FindingContext, factsOf } from "../finding-context.ts";
import { capital } from "../joined.ts";
import { coded, foreign, listed, named, sentences } from "../values.ts";
import { assetKindOfNode, assetNames, assetNouns, nodeName, objectNames } from "./assets.ts";
import { caveats } from "./caveats.ts";
import { failures } from "./failures.ts";
import { revocationOf } from "./revoked.ts";
import { shapes } from "./shapes.ts";

/** Each finding in one to three sentences. Rows of older versions have no facts, so their text uses the code alone. */
export const findings: Readonly<Record<FindingCode, Say>> = {
  expired: (finding) => {
    const end = factsOf(finding, "end");
    return end === undefined ? rich`The token has expired.` : rich`The token expired ${date(end.at)}.`;
  },
  revoked: ({ evidence }) => {
    const known = revocationOf(evidence?.subcode ?? null);
    return rich`The token was revoked${known === undefined ? [] : rich`: ${known.why}`}.`;
  },
  invalid: () => rich`Meta does not accept this value as an access token.`,
  not_a_token: (finding) => {
    const shape = factsOf(finding, "shape");
    return sentences(
      rich`This is not a WhatsApp access token.`,
      shape === undefined ? [] : shapes.looks(shape.problem),
    );
  },
  wrong_app: (finding) => {
    const name = factsOf(finding, "app")?.name ?? null;
    const app = name === null ? [] : rich`, ${named(name, 80)}`;
    return rich`The token belongs to another Meta app${app}, not to the expected one.`;
  },
  scope_missing: ({ objects }) =>
    rich`The token lacks the ${objects.length === 1 ? "permission" : "permissions"} ${permissions(objects)}.`,
  app_blocked: (finding, { assets }) => {
    const { name, deleted } = factsOf(finding, "app") ?? { name: null, deleted: false };
    const app = name === null ? rich`the app of this token` : rich`the app ${named(name, 80)}`;
    const refuses = rich`and refuses to read ${objectNames(finding.objects, assets)}. No new token helps.`;
    return deleted ? rich`Meta says that ${app} was deleted, ${refuses}` : rich`Meta has blocked ${app} ${refuses}`;
  },
  phone_unreachable: (finding, context) => unreachable(finding, "phone", context),
  waba_unreachable: (finding, context) => unreachable(finding, "waba", context),
  sending_blocked: (finding, { assets }) =>
    sentences(
      rich`The token itself works, but Meta blocks sending for ${sendingPlaces(finding, assets)}.`,
      obstacles(finding),
    ),
  sending_limited: (finding, { assets }) =>
    sentences(rich`Meta limits sending for ${sendingPlaces(finding, assets)}.`, obstacles(finding)),
  expires_soon: (finding) => {
    const end = factsOf(finding, "end");
    // Names only the date. An alert shows this sentence for days, and "in 5 days" would be wrong tomorrow.
    if (end === undefined) return rich`The token expires soon.`;
    return end.past
      ? rich`The token's expiry date has passed (${date(end.at)}), but Meta still accepts the token.`
      : rich`The token expires ${date(end.at)}.`;
  },
  reach_not_checked: ({ objects }, { assets }) => {
    const unread = assets.filter(({ id, failure }) => objects.includes(id) && failure !== null);
    if (unread.length === 0) return rich`${capital(objectNames(objects, assets))} could not be checked.`;
    const alike = [...Map.groupBy(unread, (asset) => JSON.stringify(readReason(asset))).values()];
    return sentences(
      ...alike.map((group) => {
        const [reason = []] = group.map(readReason);
        return rich`${capital(assetNames(group))} could not be checked: ${reason}.`;
      }),
    );
  },
  other_account: (finding, { assets }) => {
    const facts = factsOf(finding, "accounts");
    const number = objectNames(finding.objects, assets);
    return facts === undefined
      ? rich`Meta reports that ${number} belongs to another WhatsApp account.`
      : rich`Meta reports that ${number} belongs to the WhatsApp account ${listed(facts.accounts.map((id) => rich`${coded(id)}`))}, not to ${coded(facts.configured)}.`;
  },
  not_registered: (finding, { assets }) => {
    const { status, platform } = factsOf(finding, "registration") ?? { status: null, platform: null };
    const reports = [
      ...(status === null ? [] : [rich`status ${coded(status, 60)}`]),
      ...(platform === null ? [] : [rich`platform type ${coded(platform, 60)}`]),
    ];
    const number = capital(objectNames(finding.objects, assets));
    return sentences(
      rich`${number} is not registered for the Cloud API.`,
      reports.length === 0 ? [] : rich`Meta reports ${listed(reports)}.`,
    );
  },
  temporary_token: () => rich`This is a temporary token from the API Setup page. It lasts a few hours.`,
  not_system_user: (finding) => {
    const type = factsOf(finding, "type")?.type;
    return type === undefined
      ? rich`${capital(caveats.warnings.not_system_user)}. ${PERSONAL}`
      : rich`The token's type is ${coded(type, 60)}, not ${code("SYSTEM_USER")}. ${PERSONAL}`;
  },
  data_access_ended: (finding) => {
    const end = factsOf(finding, "end");
    return end === undefined
      ? rich`${capital(caveats.warnings.data_access_ended)}.`
      : rich`Access to user data ended ${date(end.at)}.`;
  },
  data_access_ending: (finding) => {
    const end = factsOf(finding, "end");
    return end === undefined ? rich`Access to user data ends soon.` : rich`Access to user data ends ${date(end.at)}.`;
  },
  expiry_not_known: () => rich`The token works, but its expiry date is not known.`,
  proof_refused: () => rich`Meta refused the ${code("appsecret_proof")}, so not everything could be checked.`,
  scope_extra: ({ objects }) =>
    rich`The token also has ${permissions(objects)}, which ${objects.length === 1 ? "is" : "are"} not needed here.`,
  graph_version_old: (finding) => {
    const versions = factsOf(finding, "versions");
    return versions === undefined
      ? rich`Meta answered as another Graph API version than the configured one.`
      : rich`Meta answered as Graph API ${coded(versions.answered, 20)}. The bot asked for ${coded(versions.pinned, 20)}.`;
  },
};

export const noReason = rich`Meta gave no reason.`;

/** Names of permissions inside a sentence. */
export function permissions(scopes: readonly string[]): Spans {
  return listed(scopes.map((scope) => rich`${coded(scope)}`));
}

type Say = (finding: Finding, context: FindingContext) => Spans;

const PERSONAL = "It depends on the account of a person or a page.";

/** Why Meta refuses, in plain words. Meta's own sentences speak of objects, requests and documentation. */
const REFUSALS: Readonly<Record<Refusal, Spans>> = {
  restricted: rich`Meta has restricted the account.`,
  dead: rich`Meta refuses the token there, although its own debugger says that the token works.`,
  deleted: rich`Meta says that the number was deleted.`,
  no_access: rich`Meta says that a permission for it is missing.`,
};

/** The object does not exist, or the token cannot see it. Meta uses the same codes for both. */
const NO_OBJECT: ReadonlySet<number | null> = new Set([100, 803]);

function unreachable(finding: Finding, kind: AssetKind, { assets }: FindingContext): Spans {
  const { objects, why, evidence } = finding;
  const id = coded(objects[0] ?? "");
  if (why === "other_kind") {
    const node = factsOf(finding, "node")?.node;
    const right = rich`the ID of a ${assetNouns[kind]}`;
    if (node === undefined) return rich`The ID ${id} is not ${right}.`;
    // If the other ID was reached, only this ID is wrong and the two are not swapped.
    const isOurs = assetKindOfNode(node) !== undefined && assets.every(({ reach }) => reach !== "reached");
    return sentences(
      rich`The ID ${id} is ${nodeName(node)}, not ${right}.`,
      isOurs ? rich`Are the two IDs swapped?` : [],
    );
  }
  const reason = NO_OBJECT.has(evidence?.code ?? null)
    ? rich`Meta says that it does not exist, or that the token has no access to it.`
    : REFUSALS[refusalOf(evidence?.code ?? null)];
  return sentences(rich`This token cannot reach the ${assetNouns[kind]} ${id}.`, evidence === null ? [] : reason);
}

/** Entities of `health_status` (WhatsApp messaging health status, read 2026-11). */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["PHONE_NUMBER", "phone number"],
  ["WABA", "WhatsApp account"],
  ["BUSINESS", "business portfolio"],
  ["APP", "Meta app"],
  ["MESSAGE_TEMPLATE", "message template"],
]);

function sendingPlaces(finding: Finding, assets: readonly AssetVerdict[]): Spans {
  const facts = factsOf(finding, "sending");
  return facts === undefined ? objectNames(finding.objects, assets) : listed(facts.entities.map(entityName));
}

function entityName({ type, id }: SendingEntity): Spans {
  const name = rich`the ${foreign(ENTITIES.get(type) ?? type, 60)}`;
  return id === null ? name : rich`${name} ${coded(id)}`;
}

/** Meta's own sentences, with Meta's own end marks. */
function obstacles(finding: Finding): Spans {
  const facts = factsOf(finding, "sending");
  if (facts === undefined) return [];
  return facts.obstacles.length === 0 ? noReason : rich`${foreign(facts.obstacles.join(" "), 280)}`;
}

function readReason({ failure }: AssetVerdict): Spans {
  return failure === null ? [] : failures.reason(failure);
}
