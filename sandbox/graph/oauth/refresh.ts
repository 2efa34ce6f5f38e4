import type { Answer } from "../answer.ts";
import { badParameter } from "../error.ts";
import type { OddRefresh } from "../faults/fault.ts";
import type { GraphRequest } from "../request.ts";
import type { GraphApp, GraphState, GraphToken } from "../state.ts";
import { issueLabelled, rightsOf } from "../tokens/issue-token.ts";
import { lonelyUserId, type NewToken } from "../tokens/new-token.ts";
import { readClient, readLiveToken } from "./client.ts";

/**
 * GET /oauth/access_token with `fb_exchange_token` (system users, "Install apps and generate tokens", read 2026-11). A
 * live token gives a new one that lasts 60 days from now. The old one keeps its own date. A token that never expires
 * comes back with 60 days, too.
 */
export function refresh(state: GraphState, request: GraphRequest, now: Date, gives: OddRefresh | undefined): Answer {
  const app = readClient(state, request);
  if ("error" in app) return app;
  if (request.query.get("grant_type") !== "fb_exchange_token") return { error: badParameter("Invalid grant_type") };
  const raw = request.query.get("fb_exchange_token") ?? "";
  if (raw === "") return { error: { status: 400, code: 1, message: "fb_exchange_token parameter not specified" } };
  const old = readLiveToken(state, raw, app, now);
  if ("error" in old) return old;
  const end = new Date(now.getTime() + lifeMs);
  const good = { access_token: raw, token_type: "bearer", expires_in: lifeMs / 1000 };
  if (gives === "no_token") return { body: { ...good, access_token: undefined } };
  if (gives === "empty_token") return { body: { ...good, access_token: "" } };
  if (gives === "short_token") return { body: { ...good, access_token: raw.slice(0, 40) } };
  if (gives === "same_token") {
    old.expiresAt = end;
    return { body: good };
  }
  const label = `${old.label.replace(/-refreshed-\d+$/, "")}-refreshed-${state.tokens.size}`;
  const given = { ...rightsOf(old), expiresAt: end, ...changes(state, { old, app, now }, gives) };
  const fresh = { ...good, access_token: issueLabelled(state, label, given, app.id, now) };
  if (gives === "no_expires_in") return { body: { ...fresh, expires_in: undefined } };
  if (gives === "absurd_expires_in") return { body: { ...fresh, expires_in: -1e300 } };
  return { body: fresh };
}

const dayMs = 86_400_000;
const lifeMs = 60 * dayMs;

interface Refreshed {
  readonly old: GraphToken;
  readonly app: GraphApp;
  readonly now: Date;
}

/** How the new token differs from a good one. */
function changes(state: GraphState, { old, app, now }: Refreshed, gives: OddRefresh | undefined): NewToken {
  switch (gives) {
    case "token_of_other_app":
      return { appId: otherAppOf(state, app) };
    case "sooner_end":
      return { expiresAt: new Date((now.getTime() + endOf(old, now)) / 2) };
    case "fewer_permissions":
      return { scopes: old.scopes.filter((scope) => scope !== "whatsapp_business_messaging") };
    case "no_assets":
      return { userId: lonelyUserId };
    default:
      return {};
  }
}

/** Of a token that never expires, a date in two days. */
function endOf({ expiresAt }: GraphToken, now: Date): number {
  return expiresAt === "never" ? now.getTime() + 2 * dayMs : expiresAt.getTime();
}

function otherAppOf(state: GraphState, app: GraphApp): string {
  const id = [...state.apps.keys()].find((candidate) => candidate !== app.id);
  if (id === undefined) throw new Error("the Graph stand-in has one app only; add another with addApp");
  return id;
}
