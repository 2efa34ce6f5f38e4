import { holdDuring } from "../token/secret/held.ts";
import type { Secret } from "../token/secret/secret.ts";
import { type GraphClient, REQUEST_TIMEOUT_MS } from "./client.ts";
import { clean } from "./clean.ts";
import { type App, appTokenOf } from "./debug-token.ts";
import { readReply } from "./reply.ts";
import { TargetsBody } from "./schema.ts";

/**
 * The WhatsApp accounts that a token was granted for, from `granular_scopes` of `/debug_token`. Empty when Meta names
 * none, which usually means every account of its system user, and when Meta does not answer: the result is only a
 * suggestion.
 */
export async function readTargets(client: GraphClient, token: Secret, app: App): Promise<readonly string[]> {
  const bearer = appTokenOf(app);
  return holdDuring([token, app.secret, bearer], async () => {
    const path = "/debug_token";
    const raw = await client.get({ path, query: { input_token: token }, bearer, timeoutMs: REQUEST_TIMEOUT_MS });
    const reply = readReply(raw, { call: `GET ${path}`, at: client.now(), clean });
    const parsed = reply.ok ? TargetsBody.safeParse(reply.answer.body["data"]) : undefined;
    const scopes = parsed?.data?.granular_scopes ?? [];
    const ids = scopes.flatMap(({ scope, target_ids }) => (ACCOUNT_SCOPE.test(scope) ? target_ids : []));
    return [...new Set(ids.filter((id) => /^\d{5,30}$/.test(id)))];
  });
}

/** For these permissions, the targets are WhatsApp accounts (manage accounts, solution providers, read 2026-11). */
const ACCOUNT_SCOPE = /^whatsapp_business_(?:management|messaging)$/;
