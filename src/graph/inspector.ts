import type { Logger } from "pino";
import type { AssetFact, Inspect, Inspection, InspectionFailure, Needs } from "../token/inspection.ts";
import { READING_SCOPE } from "../token/findings/findings-scopes.ts";
import { holdDuring } from "../token/secret/held.ts";
import type { Usage } from "../watch/budget/budget.ts";
import { fingerprintOf, proofOf, reveal, Secret, tailOf } from "../token/secret/secret.ts";
import { type Asset, type AssetRead, askAsset, assetNotKnown, assetsOf } from "./asset-reads.ts";
import type { GraphClient } from "./client.ts";
import { askDebugToken } from "./debug-token.ts";
import { endsToken } from "./errors.ts";
import type { Facts, FactsReply } from "./facts.ts";
import { failure } from "./failures.ts";
import { createInquiry, type Inquiry } from "./inquiry.ts";
import { type AccountReads, createAccountReads } from "./limits/account-reads.ts";
import { askMe } from "./me.ts";

export interface InspectorDeps {
  readonly now: () => Date;
  /** Waits before a retry. */
  readonly wait: (ms: number) => Promise<void>;
  readonly log?: Pick<Logger, "debug"> | undefined;
  /** Called for every answer about a token of a configured app, with what it says about the limit of this app. */
  readonly onUsage?: ((app: string, usage: Usage) => void) | undefined;
}

/**
 * Asks Graph about one token: `/debug_token` as the app, or `/me`, `/me/permissions` and `/app` without an app secret.
 * Then reads the configured phone number and WhatsApp account with the token itself. Does not throw when Graph or the
 * network fails.
 */
export function createInspector(client: GraphClient, deps: InspectorDeps): Inspect {
  const { now, wait, log } = deps;
  const readAccount = createAccountReads(now, log);
  return async (secret, needs) => {
    const token = { fingerprint: fingerprintOf(secret), tail: tailOf(secret) };
    const impossible = unsendable(secret, needs);
    if (impossible !== undefined) return { ok: false, failure: impossible, token };
    const { app } = needs;
    const proof =
      app === undefined || assetsOf(needs).length === 0 ? undefined : new Secret(proofOf(secret, app.secret));
    const secrets = [secret, ...(app === undefined ? [] : [app.secret]), ...(proof === undefined ? [] : [proof])];
    let isOfApp = app !== undefined;
    const onUsage = (usage: Usage): void => {
      if (app !== undefined && isOfApp) deps.onUsage?.(app.id, usage);
    };
    const onOtherApp = (): void => {
      isOfApp = false;
    };
    const inquiry = createInquiry({ client, now, wait, log, onUsage });
    const askFacts = (): Promise<FactsReply> =>
      app === undefined ? askMe(inquiry, secret, client.version) : askDebugToken(inquiry, secret, app, client.version);
    const questions = { inquiry, secret, needs, proof, readAccount, askFacts, onOtherApp };
    const found = await holdDuring(secrets, () => ask(questions));
    return "kind" in found ? { ok: false, failure: found, token } : { ok: true, inspection: { token, ...found } };
  };
}

/** Characters that an HTTP header can contain. */
const SENDABLE = /^[\u0021-\u007e]+$/;

/** Explains why no request can be built with these secrets; undefined when one can. */
function unsendable(secret: Secret, needs: Needs): InspectionFailure | undefined {
  if (needs.app !== undefined && !SENDABLE.test(`${needs.app.id}|${reveal(needs.app.secret)}`))
    return failure("misconfigured", "The app ID or app secret contains characters that cannot be sent", null);
  // With an app secret, the token is sent in the query, which can encode every character.
  if (needs.app === undefined && !SENDABLE.test(reveal(secret)))
    return failure("unreadable", "The token contains characters that cannot be sent. Copy the whole token again", null);
  return undefined;
}

/** The proof for calls with the token. None when the token belongs to another app, whose secret we do not know. */
function proofFor(facts: Facts, needs: Needs, proof: Secret | undefined): Secret | undefined {
  return facts.appId === null || facts.appId === needs.app?.id ? proof : undefined;
}

/** True when the read reports a dead token, although an earlier call found the token alive. */
function contradicts(asset: AssetFact): boolean {
  return asset.reach === "refused" && endsToken(asset.error);
}

type Findings = Omit<Inspection, "token">;

interface Questions {
  readonly inquiry: Inquiry;
  readonly secret: Secret;
  readonly needs: Needs;
  readonly proof: Secret | undefined;
  readonly readAccount: AccountReads;
  readonly askFacts: () => Promise<FactsReply>;
  /** Called before the assets are read with a token of another app. */
  readonly onOtherApp: () => void;
}

async function readAssets(questions: Questions, facts: Facts): Promise<readonly AssetFact[]> {
  const { inquiry, secret, needs, proof, readAccount } = questions;
  const assets = assetsOf(needs);
  // The assets are read whatever the scopes say, because only a read shows what the token reaches.
  if (facts.liveness.alive !== true || assets.length === 0) return assets.map((asset) => assetNotKnown(asset, null));
  const used = proofFor(facts, needs, proof);
  if (used === undefined) questions.onOtherApp();
  const read = (asset: Asset): Promise<AssetRead> => askAsset(inquiry, asset, secret, used);
  const app = facts.appId ?? needs.app?.id;
  const id = needs.whatsappBusinessAccountId ?? needs.phoneNumberId;
  if (app === undefined || id === undefined) return (await Promise.all(assets.map(read))).map(({ fact }) => fact);
  // Without this permission, only a new read shows what the token still reaches.
  const earlier = facts.scopes?.includes(READING_SCOPE) === true ? needs.earlierReads : undefined;
  return readAccount({ account: { app, id }, assets, earlier, read });
}

/** Asks for the facts, then for the assets. When an asset read reports a dead token, asks for the facts again. */
async function ask(questions: Questions): Promise<Findings | InspectionFailure> {
  const first = await questions.askFacts();
  if (!first.ok) return first.failure;
  const assets = await readAssets(questions, first.facts);
  if (!assets.some(contradicts)) return { ...first.facts, assets };
  const second = await questions.askFacts();
  if (!second.ok) {
    const unsure = assets.map((asset) => (contradicts(asset) ? assetNotKnown(asset, second.failure) : asset));
    return { ...first.facts, assets: unsure };
  }
  const stands = second.facts.liveness.alive === true;
  return { ...second.facts, assets: stands ? assets : assets.map((asset) => assetNotKnown(asset, null)) };
}
