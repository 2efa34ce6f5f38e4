import type { Source } from "../token/secret/source.ts";
import { botApp, type MetaApp } from "../watch/requirements.ts";
import type { Watch } from "../watch/watch.ts";
import type { WatchDefaults } from "./config.ts";
import { type RenewChoice, renewSettings } from "./renewal/settings.ts";
import type { WatchEntry } from "./watchlist-schema.ts";

/** The name of the watch that the WHATSAPP_* variables create. */
export const DEFAULT_WATCH = "default";

/** A watch of the watchlist. Its IDs never fall back to the WHATSAPP_* variables, which belong to another token. */
export function watchFromEntry(entry: WatchEntry, defaults: WatchDefaults, app: MetaApp | undefined): Watch {
  const ownApp = appOf(entry, app);
  return {
    name: entry.name,
    source: entry.source,
    phoneNumberId: entry.phoneNumberId,
    whatsappBusinessAccountId: entry.whatsappBusinessAccountId,
    app: ownApp,
    channel: entry.channel ?? defaults.channel,
    owner: entry.owner,
    oncall: entry.oncall ?? defaults.oncall,
    consumers: entry.consumers ?? [],
    policy: {
      requiredScopes: entry.requiredScopes ?? defaults.policy.requiredScopes,
      warnAt: entry.warnAt ?? defaults.policy.warnAt,
      appId: ownApp?.id,
    },
    checkIntervalMs: entry.checkInterval?.ms ?? defaults.checkIntervalMs,
    renew: renewSettings(entry.renew ?? {}, entry.source),
  };
}

/** A watch with a source and the IDs of the WHATSAPP_* variables: for `default` and for `check --source`. */
export function watchFromSource(
  name: string,
  source: Source,
  defaults: WatchDefaults,
  app: MetaApp | undefined,
  renew: RenewChoice = {},
): Watch {
  return {
    name,
    source,
    phoneNumberId: defaults.phoneNumberId,
    whatsappBusinessAccountId: defaults.whatsappBusinessAccountId,
    app: botApp(app),
    channel: defaults.channel,
    owner: undefined,
    oncall: defaults.oncall,
    consumers: [],
    policy: defaults.policy,
    checkIntervalMs: defaults.checkIntervalMs,
    renew: renewSettings(renew, source),
  };
}

function appOf({ appId, appSecret }: WatchEntry, app: MetaApp | undefined): Watch["app"] {
  return appId !== undefined && appSecret !== undefined
    ? { id: appId, secret: { kind: "source", source: appSecret } }
    : botApp(app);
}
