import type { GraphError, Liveness, Needs } from "../token/inspection.ts";
import { reveal, Secret } from "../token/secret/secret.ts";
import { type Clean, LONGEST_NAME } from "./clean.ts";
import { readExpiry, readInstant } from "./epoch.ts";
import {
  accusesApp,
  accusesSetting,
  blocksApp,
  endsToken,
  type ReadError,
  readError,
  saysOtherApp,
  serviceTrouble,
} from "./errors.ts";
import { withError } from "./evidence.ts";
import { type Facts, type FactsReply, MOST_SCOPES, NOTHING_KNOWN } from "./facts.ts";
import { appRefused, describeError, explained, failure } from "./failures.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Answer } from "./reply.ts";
import { DebugTokenBody } from "./schema.ts";
import { LIMIT_WITHOUT_TIME_MS } from "./limits/waits.ts";

/** The app that makes the calls with its own app token. */
export type App = NonNullable<Needs["app"]>;

/** The credential that `/debug_token` accepts for tokens of this app. */
export function appTokenOf(app: App): Secret {
  return new Secret(`${app.id}|${reveal(app.secret)}`);
}

/** Reads the facts from the response of `/debug_token` (debug_token reference, read 2026-11). */
export function readDebugToken(answer: Answer, asking: Asking, clean: Clean): FactsReply {
  const { pinned } = asking;
  if (answer.error !== null) return readRefusal(answer.error, answer, asking);
  const parsed = DebugTokenBody.safeParse(answer.body["data"]);
  if (!parsed.success) {
    const what = `${answer.evidence.call} returned no data about the token`;
    return { ok: false, failure: failure("malformed", what, answer.evidence) };
  }
  const { data } = parsed;
  if (data.is_valid === true) return { ok: true, facts: factsOf(data, { alive: true }, answer, pinned, clean) };
  const read = readError(data.error, clean);
  // The error is about the whole app, not about this token. Another token of the app would not help.
  if (read !== undefined && blocksApp(read.error))
    return { ok: false, failure: explained(read.error, withError(answer.evidence, read.error), asking.appId) };
  const liveness: Liveness | FactsReply =
    data.is_valid === false ? { alive: false, error: read?.error ?? null } : readWithoutVerdict(read, answer);
  return "ok" in liveness ? liveness : { ok: true, facts: factsOf(data, liveness, answer, pinned, clean) };
}

/**
 * Asks `/debug_token` as the app. The endpoint accepts only GET, so the inspected token has to be in the query. HTTP
 * 200 does not mean that the token is valid; `is_valid` is the verdict.
 */
export async function askDebugToken(inquiry: Inquiry, token: Secret, app: App, pinned: string): Promise<FactsReply> {
  const query = { input_token: token };
  const reply = await inquiry.get({ path: "/debug_token", query, bearer: appTokenOf(app) });
  return reply.ok ? readDebugToken(reply.answer, { appId: app.id, pinned }, inquiry.clean) : reply;
}

function factsOf(data: DebugTokenBody, liveness: Liveness, answer: Answer, pinned: string, clean: Clean): Facts {
  const name = (text: string | undefined): string | null => (text === undefined ? null : clean(text, LONGEST_NAME));
  const error = liveness.alive === false ? liveness.error : null;
  const evidence = withError(answer.evidence, error);
  const scopes = data.scopes?.slice(0, MOST_SCOPES).map((scope) => clean(scope, LONGEST_NAME)) ?? null;
  return {
    liveness,
    evidence,
    type: name(data.type),
    appId: name(data.app_id),
    appName: name(data.application),
    userId: name(data.user_id),
    issuedAt: readInstant(data.issued_at),
    expiry: readExpiry(data.expires_at),
    dataAccess: readExpiry(data.data_access_expires_at),
    scopes,
    scopesEvidence: scopes === null ? null : evidence,
    version: { answered: answer.version, pinned },
    debugged: true,
    proofRefused: null,
  };
}

/** The app that makes the call, and the configured version of Graph. */
interface Asking {
  readonly appId: string;
  readonly pinned: string;
}

/** A top-level error is about our credential, settings or app, except when the token belongs to another app. */
function readRefusal(error: GraphError, answer: Answer, { appId, pinned }: Asking): FactsReply {
  const { evidence, version } = answer;
  if (saysOtherApp(error)) {
    const liveness: Liveness = { alive: "other_app", error };
    const facts = { ...NOTHING_KNOWN, liveness, evidence, version: { answered: version, pinned }, debugged: true };
    return { ok: true, facts };
  }
  const isCredential = accusesApp(error) && !blocksApp(error) && !accusesSetting(error);
  const failed = isCredential ? appRefused(appId, error, evidence) : explained(error, evidence, appId);
  return { ok: false, failure: failed };
}

/** Reads `data.error` without `is_valid`. Only an error about the token itself is a verdict. */
function readWithoutVerdict(read: ReadError | undefined, answer: Answer): Liveness | FactsReply {
  const { evidence, status } = answer;
  if (read === undefined) {
    const what = `${evidence.call} did not say whether the token is valid`;
    return { ok: false, failure: failure("malformed", what, evidence) };
  }
  if (endsToken(read.error)) return { alive: false, error: read.error };
  const found = withError(evidence, read.error);
  const trouble = serviceTrouble(read, status);
  if (trouble === undefined) return { ok: false, failure: explained(read.error, found) };
  const what = `Meta has trouble answering ${evidence.call} (${describeError(read.error)})`;
  const waitMs = trouble === "throttled" ? LIMIT_WITHOUT_TIME_MS : null;
  return { ok: false, failure: failure(trouble, what, found, waitMs) };
}
