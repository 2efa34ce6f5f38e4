import type { Revoke } from "../../renewal/ports.ts";
import { describeError, explained } from "../failures.ts";
import type { GraphClient } from "../client.ts";
import type { Answer } from "../reply.ts";
import { RevokeBody } from "../schema.ts";
import { askOAuth, type OAuthOptions, type OAuthReply } from "./oauth-call.ts";
import { waitSentence } from "./refresh-token.ts";
import { refusalOf } from "./refusal.ts";

/**
 * Meta's call that ends one token at once. The app and both tokens must belong together. An inspection must decide
 * whether the token is dead, also after an error: the reply may have been lost.
 */
export function createRevoke(client: GraphClient, options: OAuthOptions = {}): Revoke {
  return async (old, current, app) => {
    const query = { client_id: app.id, client_secret: app.secret, revoke_token: old, access_token: current };
    return readRevoked(await askOAuth(client, { path: "/oauth/revoke", query, ...options }), app.id);
  };
}

type Revoked = Awaited<ReturnType<Revoke>>;

function readRevoked(reply: OAuthReply, appId: string): Revoked {
  if (!reply.ok) return { ok: false, message: `${reply.failure.message}${waitSentence(reply.failure)}` };
  const { answer } = reply;
  if (answer.error !== null) return { ok: false, message: messageOf(answer, appId) };
  return RevokeBody.parse(answer.body).success === true
    ? { ok: true }
    : { ok: false, message: "Meta answered, but did not confirm that it revoked the token." };
}

function messageOf({ error, evidence, status }: Answer, appId: string): string {
  if (error === null) return "";
  const answered = `${evidence.call} returned ${describeError(error)}.`;
  switch (refusalOf(error, status)) {
    case "app_blocked":
    case "app_credentials":
    case "address_not_allowed":
      return explained(error, evidence, appId).message;
    case "wrong_app":
      return `One of the two tokens does not belong to the app ${appId}: ${answered}`;
    // Meta does not say which token it means.
    case "expired":
    case "revoked":
      return `The old or the new token no longer works: ${answered}`;
    case "throttled":
    case "not_refreshable":
    case "unreachable":
    case "other":
      return `Meta refused to revoke the token: ${answered}`;
  }
}
