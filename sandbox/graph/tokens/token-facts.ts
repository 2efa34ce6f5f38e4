import type { GraphApp, GraphToken } from "../state.ts";
import { tokenDeath } from "./token-death.ts";

/**
 * The facts that /debug_token reports about a token of the app. A dead token has `error` with `subcode` (not
 * `error_subcode`), keeps its dates and scopes, and loses its granular scopes. A token that was ended by an API call,
 * or whose app was removed, has no scopes at all.
 */
export function tokenFacts(token: GraphToken, app: GraphApp, now: Date): Record<string, unknown> {
  const death = tokenDeath(token, now);
  const stripped = death?.subcode === 466 || death?.subcode === 458;
  const subcode = death?.subcode === undefined ? {} : { subcode: death.subcode };
  return {
    app_id: app.id,
    type: token.type,
    application: app.name,
    data_access_expires_at: seconds(token.dataAccessExpiresAt),
    ...(death && { error: { code: 190, message: death.message, ...subcode } }),
    expires_at: seconds(token.expiresAt),
    is_valid: death === undefined,
    ...(isShortLived(token) || stripped ? {} : { issued_at: seconds(token.issuedAt) }),
    scopes: stripped ? [] : token.scopes,
    ...(death ? {} : granular(token)),
    user_id: token.userId,
    ...(token.profileId === undefined ? {} : { profile_id: token.profileId }),
  };
}

const granularScopes = /^(whatsapp_business_|business_management)/;
const shortLivedMs = 48 * 3_600_000;

function seconds(at: Date | "never"): number {
  return at === "never" ? 0 : Math.floor(at.getTime() / 1000);
}

/** Graph reports `issued_at` only for long-lived tokens (login debugging guide, read 2026-11). */
function isShortLived({ type, expiresAt, issuedAt }: GraphToken): boolean {
  return type === "USER" && expiresAt !== "never" && expiresAt.getTime() - issuedAt.getTime() <= shortLivedMs;
}

function granular(token: GraphToken): object {
  const scopes = token.scopes.filter((scope) => granularScopes.test(scope));
  if (scopes.length === 0) return {};
  const entries = scopes.map((scope) => {
    const targets = token.targets[scope];
    return targets === undefined ? { scope } : { scope, target_ids: targets };
  });
  return { granular_scopes: entries };
}
