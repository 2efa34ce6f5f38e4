import type { Policy } from "../token/policy.ts";
import type { Secret } from "../token/secret.ts";
import type { AppSecret, Watch } from "./watch.ts";

/** The Meta app of the bot's own configuration (`META_APP_ID`, `META_APP_SECRET`). */
export interface MetaApp {
  readonly id: string;
  readonly secret: Secret;
}

/** What one token is held against. */
export interface Requirements {
  readonly app: { readonly id: string; readonly secret: AppSecret } | undefined;
  readonly phoneNumberId: string | undefined;
  readonly whatsappBusinessAccountId: string | undefined;
  readonly policy: Policy;
}

/** What a token without a watch is held against (`REQUIRED_SCOPES`, `WARN_AT`, and the ids of the environment). */
export interface Defaults {
  readonly policy: Policy;
  readonly phoneNumberId?: string | undefined;
  readonly whatsappBusinessAccountId?: string | undefined;
}

const appOf = (watch: Watch | undefined, metaApp: MetaApp | undefined): Requirements["app"] =>
  watch?.app ??
  (metaApp === undefined ? undefined : { id: metaApp.id, secret: { kind: "given", secret: metaApp.secret } });

/** A watch's own needs: its app or else the bot's, and its own ids only. */
export const requirementsOf = (watch: Watch, metaApp: MetaApp | undefined): Requirements => {
  const app = appOf(watch, metaApp);
  const { phoneNumberId, whatsappBusinessAccountId, policy } = watch;
  return { app, phoneNumberId, whatsappBusinessAccountId, policy: { ...policy, appId: app?.id } };
};

/**
 * The needs of a token that no watch was named for: the default policy with the ids of the only watch. Several watches:
 * no ids, because nobody said which. None: the ids of the defaults.
 */
export const defaultRequirements = (
  watches: readonly Watch[],
  defaults: Defaults,
  metaApp: MetaApp | undefined,
): Requirements => {
  const only = watches.length === 1 ? watches[0] : undefined;
  const ids = only ?? (watches.length === 0 ? defaults : undefined);
  const app = appOf(only, metaApp);
  return {
    app,
    phoneNumberId: ids?.phoneNumberId,
    whatsappBusinessAccountId: ids?.whatsappBusinessAccountId,
    policy: { ...defaults.policy, appId: app?.id },
  };
};
