import type { Policy } from "../token/policy.ts";
import type { Secret } from "../token/secret/secret.ts";
import type { Watch } from "./watch.ts";
import type { WatchBook } from "./watch-book.ts";

/** The Meta app of the bot's own configuration (`META_APP_ID`, `META_APP_SECRET`). */
export interface MetaApp {
  readonly id: string;
  readonly secret: Secret;
}

/** The requirements that one token is checked against. */
export type Requirements = Pick<Watch, "app" | "phoneNumberId" | "whatsappBusinessAccountId" | "policy">;

/** The requirements of a token without a watch (`REQUIRED_SCOPES`, `WARN_AT`, and the IDs of the environment). */
export interface Defaults extends Partial<Pick<Watch, "phoneNumberId" | "whatsappBusinessAccountId">> {
  readonly policy: Policy;
}

/** The requirements of a watch: its own app, or else the bot's, and its own IDs only. */
export function requirementsOf(watch: Watch, metaApp: MetaApp | undefined): Requirements {
  const app = watch.app ?? botApp(metaApp);
  const { phoneNumberId, whatsappBusinessAccountId, policy } = watch;
  return { app, phoneNumberId, whatsappBusinessAccountId, policy: { ...policy, appId: app?.id } };
}

/**
 * The requirements of a token without a named watch: the default policy with the IDs of the only watch. With several
 * watches, no IDs apply, because the right ones are unknown. Without watches, the IDs of the defaults apply.
 */
export function defaultRequirements(
  watches: WatchBook,
  defaults: Defaults,
  metaApp: MetaApp | undefined,
): Requirements {
  const [only] = watches.size === 1 ? watches.values() : [];
  const ids = only ?? (watches.size === 0 ? defaults : undefined);
  const app = only?.app ?? botApp(metaApp);
  return {
    app,
    phoneNumberId: ids?.phoneNumberId,
    whatsappBusinessAccountId: ids?.whatsappBusinessAccountId,
    policy: { ...defaults.policy, appId: app?.id },
  };
}

/** The bot's own Meta app as the app of a watch that names none. */
export function botApp(metaApp: MetaApp | undefined): Watch["app"] {
  return metaApp === undefined ? undefined : { id: metaApp.id, secret: { kind: "given", secret: metaApp.secret } };
}
