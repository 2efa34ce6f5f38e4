import { botApp, type MetaApp } from "../../watch/requirements.ts";
import type { Watch } from "../../watch/watch.ts";
import type { FleetDefaults, FleetEntry } from "../watchlist-schema.ts";

/** The Meta app of an ID in a line. The line has no secret, so the secret must be known from the configuration. */
export function knownApp(
  id: string,
  { shared }: GivenFleet,
  { app, watches }: { readonly app: MetaApp | undefined; readonly watches: readonly Watch[] },
): Watch["app"] {
  if (shared.appId === id && shared.appSecret !== undefined)
    return { id, secret: { kind: "source", source: shared.appSecret } };
  return app?.id === id ? botApp(app) : watches.find((watch) => watch.app?.id === id)?.app;
}

/** A fleet as the watchlist has it. */
export interface GivenFleet {
  readonly name: string;
  readonly source: FleetEntry["fleet"];
  readonly shared: FleetDefaults;
}
