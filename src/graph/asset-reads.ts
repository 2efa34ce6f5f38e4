import type { AssetFact, AssetKind, AssetReach, Evidence, InspectionFailure, Needs } from "../token/inspection.ts";
import type { Secret } from "../token/secret/secret.ts";
import type { Usage } from "../watch/budget/budget.ts";
import { type Clean, LONGEST_NAME } from "./clean.ts";
import { accusesSetting, blocksApp, endsToken, namesProof, nodeOf, refusesObject } from "./errors.ts";
import { explained, failure } from "./failures.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Answer, Reply } from "./reply.ts";
import { type AssetBody, AssetBody as AssetSchema } from "./schema.ts";
import { readSending } from "./sending.ts";

/** A phone number or WhatsApp account that the token must reach. */
export interface Asset {
  readonly kind: AssetKind;
  readonly id: string;
}

/** The configured assets. An asset without a configured ID is not read. */
export function assetsOf(needs: Needs): readonly Asset[] {
  return [
    ...(needs.phoneNumberId === undefined ? [] : [{ kind: "phone", id: needs.phoneNumberId } as const]),
    ...(needs.whatsappBusinessAccountId === undefined
      ? []
      : [{ kind: "waba", id: needs.whatsappBusinessAccountId } as const]),
  ];
}

/** An asset that was not read (`cause` null) or whose read failed. */
export function assetNotKnown(asset: Asset, cause: InspectionFailure | null): AssetFact {
  return {
    ...asset,
    reach: "not_known",
    failure: cause,
    proofRefused: false,
    evidence: cause?.evidence ?? null,
  };
}

/** The fact of a read. */
export interface AssetRead {
  readonly fact: AssetFact;
  /** What the answer says about the limit of the account. Undefined without an answer. */
  readonly accountUsage: Usage | undefined;
}

/** Reads one asset with the inspected token (WhatsApp phone number and account reference, read 2026-11). */
export async function askAsset(
  inquiry: Inquiry,
  asset: Asset,
  token: Secret,
  proof: Secret | undefined,
): Promise<AssetRead> {
  const path = `/${encodeURIComponent(asset.id)}`;
  const signed = proof === undefined ? {} : { appsecret_proof: proof };
  const first = await inquiry.get({ path, query: { fields: FIELDS[asset.kind], ...signed }, bearer: token });
  // An API version may not know one of the fields. The ID is right when Graph names the expected kind of object.
  const again = first.ok && first.answer.error !== null && nodeOf(first.answer.error) === NODES[asset.kind];
  const reply = again ? await inquiry.get({ path, query: signed, bearer: token }) : first;
  const accountUsage = reply.ok ? reply.answer.accountUsage : undefined;
  return { fact: readAsset(asset, reply, inquiry.clean), accountUsage };
}

/** Only the fields that the rules use, because one unknown field name makes the whole call fail. */
const FIELDS: Record<AssetKind, string> = {
  phone: "id,display_phone_number,verified_name,status,platform_type,health_status",
  waba: "id,name,health_status",
};

/** Graph's names of the two kinds of object (WhatsApp Business Management API reference, read 2026-11). */
const NODES: Record<AssetKind, string> = { phone: "WhatsAppBusinessPhoneNumber", waba: "WhatsAppBusinessAccount" };

/** Limit for IDs and for constants such as `NOT_APPLICABLE`. */
const LONGEST_WORD = 60;

function nameOf(kind: AssetKind, body: AssetBody, clean: Clean): string | null {
  const name = kind === "phone" ? (body.verified_name ?? body.display_phone_number) : body.name;
  return name === undefined ? null : clean(name, LONGEST_NAME);
}

function registrationOf({ status, platform_type }: AssetBody, clean: Clean) {
  return {
    ...(status === undefined ? {} : { status: clean(status, LONGEST_WORD) }),
    ...(platform_type === undefined ? {} : { platform: clean(platform_type, LONGEST_WORD) }),
  };
}

function malformed(what: string, evidence: Evidence): AssetReach {
  return {
    reach: "not_known",
    failure: failure("malformed", `${evidence.call} returned ${what}`, evidence),
    proofRefused: false,
  };
}

function readReach(asset: Asset, answer: Answer, clean: Clean): AssetReach {
  const { error, evidence } = answer;
  if (error !== null) {
    if (namesProof(error)) {
      const what = `Meta refuses the appsecret_proof for ${evidence.call}`;
      return { reach: "not_known", failure: failure("misconfigured", what, evidence), proofRefused: true };
    }
    // An error that the token is dead also counts as a refusal here. inspector.ts asks again before it trusts that
    // error.
    if (blocksApp(error)) return { reach: "refused", error, why: "app_blocked" };
    const node = nodeOf(error);
    if (node !== undefined && node !== NODES[asset.kind]) return { reach: "refused", error, why: "other_kind", node };
    if (!accusesSetting(error) && (refusesObject(error) || endsToken(error))) return { reach: "refused", error };
    return { reach: "not_known", failure: explained(error, evidence), proofRefused: false };
  }
  const parsed = AssetSchema.safeParse(answer.body);
  // A list about the account (`/phone_numbers`) has no ID of its own, but proves that the token reached the account.
  if (!parsed.success || (parsed.data.id === undefined && !Array.isArray(answer.body["data"])))
    return malformed("no ID", evidence);
  const { data } = parsed;
  if (data.id !== undefined && data.id !== asset.id) return malformed("another object", evidence);
  const registration = asset.kind === "phone" ? registrationOf(data, clean) : {};
  const name = nameOf(asset.kind, data, clean);
  return { reach: "reached", name, ...readSending(data.health_status, clean), ...registration };
}

function readAsset(asset: Asset, reply: Reply, clean: Clean): AssetFact {
  return reply.ok
    ? { ...asset, ...readReach(asset, reply.answer, clean), evidence: reply.answer.evidence }
    : assetNotKnown(asset, reply.failure);
}
