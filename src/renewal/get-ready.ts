import type { WatchSnapshot } from "../alert/watch-snapshot.ts";
import { isDead } from "../token/findings/finding.ts";
import type { Secret } from "../token/secret/secret.ts";
import type { Verdict } from "../token/verdict.ts";
import type { RenewerDeps } from "./deps.ts";
import type { AppCredentials, WriteTarget } from "./ports.ts";
import { refreshObstacle, settingsObstacle } from "./rules/preparation.ts";
import type { Place, TokenTrace, Way } from "./renewal.ts";
import type { Obstacle } from "./renewer.ts";

/** What the work on a token needs, after the checks. */
export interface Ready {
  readonly watch: string;
  readonly card: WatchSnapshot;
  readonly app: AppCredentials;
  readonly ids: readonly string[];
  readonly target: WriteTarget | undefined;
  readonly place: Place | null;
  /** The old token and its verdict. Null when the source gives none. */
  readonly old: { readonly secret: Secret; readonly verdict: Verdict } | null;
  /** The value at the place before the work. */
  readonly held: Secret | null;
}

export type GotReady =
  | { readonly ok: true; readonly ready: Ready }
  | { readonly ok: false; readonly obstacle: Obstacle };

/** The checks before a token is obtained. Writes nothing. */
export async function getReady(deps: RenewerDeps, watch: string, way: Way): Promise<GotReady> {
  const card = deps.card(watch);
  if (card === undefined) return no(missingWatch(deps, watch));
  const { write: target } = deps.settings(watch);
  const read = await deps.app(watch);
  if (!read.ok) return no({ kind: "not_known", message: read.message });
  const { app } = read;
  const ids = [card.phoneNumberId, card.whatsappBusinessAccountId].filter((id) => id !== undefined);
  const lacking = settingsObstacle({ way, hasApp: app !== null, ids, hasWrite: target !== undefined });
  if (lacking !== null) return no(lacking);
  if (app === null) return no({ kind: "no_app" });

  const held = target === undefined ? ({ ok: true, secret: null } as const) : await deps.writer.check(target);
  if (!held.ok) return no({ kind: "cannot_write", message: held.message });

  const reading = await deps.readSource(watch);
  if (!reading.ok && way === "refresh") return no({ kind: "source_unreadable", message: reading.message });
  const old = reading.ok ? { secret: reading.secret, verdict: await deps.examine(watch, reading.secret) } : null;
  const refused = way === "refresh" && old !== null ? refreshObstacle(old.verdict) : null;
  if (refused !== null) return no(refused);
  const place = target === undefined ? null : deps.placeOf(target);
  return { ok: true, ready: { watch, card, app, ids, target, place, old, held: held.secret } };
}

/** Why a program cannot act on a watch that it does not have. */
export function missingWatch({ isRemoved }: Pick<RenewerDeps, "isRemoved">, watch: string): Obstacle {
  return isRemoved(watch) ? { kind: "unknown_watch" } : NOT_KNOWN;
}

/** A fleet could not be read, or is read for the first time. */
export const NOT_KNOWN: Obstacle = {
  kind: "not_known",
  message: "The bot does not know all watches now, and this one is missing.",
};

/** What may be kept about a token. Null when Graph did not answer for it. */
export function traceOf(verdict: Verdict | undefined): TokenTrace | null {
  if (verdict === undefined || verdict.token === null || verdict.state === "unknown") return null;
  const { fingerprint, expiry } = verdict.token;
  return fingerprint === "" ? null : { fingerprint, expiry, ...(isDead(verdict.state) && { dead: true }) };
}

function no(obstacle: Obstacle): GotReady {
  return { ok: false, obstacle };
}
