import type { ExchangeRefusal } from "../../renewal/detail.ts";
import type { Exchange, Exchanged } from "../../renewal/ports.ts";
import { describeSpan, MINUTE_MS } from "../../token/duration.ts";
import type { InspectionFailure } from "../../token/inspection.ts";
import { Secret } from "../../token/secret/secret.ts";
import { shapeProblem } from "../../token/secret/shape-problem.ts";
import type { GraphClient } from "../client.ts";
import { describeError, explained } from "../failures.ts";
import type { Answer } from "../reply.ts";
import { RefreshBody } from "../schema.ts";
import { askOAuth, type OAuthOptions, type OAuthReply } from "./oauth-call.ts";
import { refusalOf } from "./refusal.ts";

/**
 * Meta's exchange call for a token that expires. The new token lasts 60 days from now, and the old token keeps its own
 * date. `expires_in` is not read: the inspection of the new token finds its end.
 */
export function createExchange(client: GraphClient, options: OAuthOptions = {}): Exchange {
  return async (secret, app) => {
    const query = {
      grant_type: "fb_exchange_token",
      client_id: app.id,
      client_secret: app.secret,
      set_token_expires_in_60_days: "true",
      fb_exchange_token: secret,
    };
    return readExchanged(await askOAuth(client, { path: "/oauth/access_token", query, ...options }), app.id);
  };
}

/** The wait that a limit asks for, as a sentence. Rounded up to a minute, so that nobody comes back too early. */
export function waitSentence({ retryAfterMs }: InspectionFailure): string {
  return retryAfterMs === null ? "" : ` Try again in ${describeSpan(Math.ceil(retryAfterMs / MINUTE_MS) * MINUTE_MS)}.`;
}

function readExchanged(reply: OAuthReply, appId: string): Exchanged {
  if (!reply.ok) return readFailure(reply);
  const { answer } = reply;
  if (answer.error !== null) {
    const refusal = refusalOf(answer.error, answer.status);
    return { ok: false, kind: "refused", refusal, message: messageOf(refusal, answer, appId) };
  }
  const { access_token: token = "" } = RefreshBody.parse(answer.body);
  const secret = new Secret(token);
  if (token === "") return unanswered("Meta answered the refresh, but the answer contains no token.");
  if (!SENDABLE.test(token) || shapeProblem(secret) !== undefined)
    return unanswered("Meta answered the refresh, but the value in the answer cannot be a token.");
  return { ok: true, secret };
}

/** Characters that a header can contain, because the next call sends the token in one. 10,000 are far too many. */
const SENDABLE = /^[\u0021-\u007e]{1,10000}$/;

function readFailure({ failure, sent }: Extract<OAuthReply, { ok: false }>): Exchanged {
  if (!sent) return { ok: false, kind: "refused", refusal: "unreachable", message: failure.message };
  return failure.kind === "throttled"
    ? {
        ok: false,
        kind: "refused",
        refusal: "throttled",
        message: `${failure.message}${waitSentence(failure)}`,
      }
    : unanswered(failure.message);
}

function unanswered(message: string): Exchanged {
  return { ok: false, kind: "unanswered", message };
}

function messageOf(refusal: ExchangeRefusal, { error, evidence }: Answer, appId: string): string {
  if (error === null) return "";
  const answered = `${evidence.call} returned ${describeError(error)}.`;
  switch (refusal) {
    case "expired":
      return `Meta does not refresh an expired token: ${answered}`;
    case "revoked":
      return `The token no longer works, so Meta does not refresh it: ${answered}`;
    case "wrong_app":
      return `The token does not belong to the app ${appId}: ${answered}`;
    case "not_refreshable":
      return `Meta does not refresh this token: ${answered}`;
    case "throttled":
    case "app_blocked":
    case "app_credentials":
    case "address_not_allowed":
      return explained(error, evidence, appId).message;
    case "unreachable":
    case "other":
      return answered;
  }
}
