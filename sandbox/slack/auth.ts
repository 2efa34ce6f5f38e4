import { APP } from "./backend.ts";
import type { Call } from "./record.ts";

export type TokenState = "ok" | "invalid_auth" | "token_revoked" | "account_inactive";

export interface Auth {
  readonly set: (states: { readonly bot?: TokenState; readonly app?: TokenState }) => void;
  /** Identifies the token and returns the error that Slack would answer for it on this method. */
  readonly check: (
    method: string,
    bearer: string | undefined,
  ) => { readonly token: Call["token"]; readonly error: string | undefined };
}

/** Only the two tokens of this app are valid; emulate itself accepts any token. */
export function createAuth(): Auth {
  const states: Record<"bot" | "app", TokenState> = { bot: "ok", app: "ok" };
  return {
    set: (changed) => {
      Object.assign(states, changed);
    },
    check: (method, bearer) => {
      if (bearer === undefined || bearer === "") return { token: "none", error: "not_authed" };
      const token = bearer === APP.botToken ? "bot" : bearer === APP.appToken ? "app" : undefined;
      if (token === undefined) return { token: "unknown", error: "invalid_auth" };
      if (states[token] !== "ok") return { token, error: states[token] };
      const wanted = method.startsWith("apps.connections.") ? "app" : "bot";
      return { token, error: token === wanted ? undefined : "not_allowed_token_type" };
    },
  };
}
