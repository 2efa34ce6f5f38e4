import type { InspectionFailure, Needs } from "../token/inspection.ts";
import { createCleaner } from "./clean.ts";
import { type GraphClient, REQUEST_TIMEOUT_MS } from "./client.ts";
import { appTokenOf, readDebugToken } from "./debug-token.ts";
import { headerOf } from "./headers.ts";
import type { RawReply } from "./raw-reply.ts";
import { readReply } from "./reply.ts";

/** How Graph and we get on, for `doctor`. `skewMs` is our clock minus Graph's; null when Graph told no time. */
export type GraphProbe =
  /** The app credential was accepted; `appName` is null when none was given to try. */
  | { readonly ok: true; readonly appName: string | null; readonly skewMs: number | null }
  | { readonly ok: false; readonly failure: InspectionFailure; readonly skewMs: number | null };

const skewOf = (raw: RawReply, at: Date): number | null => {
  const theirs = Date.parse(headerOf(raw.headers, "date") ?? "");
  return Number.isNaN(theirs) ? null : at.getTime() - theirs;
};

/**
 * Tries the app id and secret on the call they are for: the app token asks `/debug_token` about itself. Without an app
 * any answer of Graph will do. One request, no retry; never throws for anything Graph or the network does.
 */
export const probeGraph = async (client: GraphClient, app: Needs["app"]): Promise<GraphProbe> => {
  const bearer = app === undefined ? undefined : appTokenOf(app);
  const path = bearer === undefined ? "/app" : "/debug_token";
  const query = bearer === undefined ? {} : { input_token: bearer };
  const raw = await client.get({ path, query, bearer, timeoutMs: REQUEST_TIMEOUT_MS });
  const at = client.now();
  const skewMs = skewOf(raw, at);
  const clean = createCleaner(app === undefined || bearer === undefined ? [] : [bearer, app.secret]);
  const reply = readReply(raw, { call: `GET ${path}`, at, clean });
  if (!reply.ok) return { ...reply, skewMs };
  if (bearer === undefined) return { ok: true, appName: null, skewMs };
  const read = readDebugToken(reply.answer, client.version, clean);
  return read.ok ? { ok: true, appName: read.facts.appName, skewMs } : { ...read, skewMs };
};
