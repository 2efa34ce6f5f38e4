import { examine, type ExamineDeps } from "../token/examine.ts";
import type { Inspect, InspectionFailure, Needs } from "../token/inspection.ts";
import { judgeUnreadable } from "../token/judge.ts";
import { fingerprintOf, type Secret, tailOf } from "../token/secret/secret.ts";
import type { ReadSource, Source } from "../token/secret/source.ts";
import type { Verdict } from "../token/verdict.ts";
import type { WatchState } from "../alert/alert.ts";
import { earlierReadsOf } from "./earlier-reads.ts";
import { type MetaApp, type Requirements, requirementsOf } from "./requirements.ts";
import type { Watch } from "./watch.ts";

export interface ExamineWatchDeps extends ExamineDeps {
  readonly readSource: ReadSource;
  /** The bot's own Meta app, for watches without an app. */
  readonly metaApp: MetaApp | undefined;
}

/** The stored state of the watch whose requirements apply. */
export type Remembered = Pick<WatchState, "verdict" | "aliveFingerprint" | "failing">;

/** A verdict and a remark of the source, for example "read at start; restart the bot after changing it". */
export interface Examined {
  readonly verdict: Verdict;
  readonly note: string | null;
}

/** A token with the source that it was read from. A token that a person entered has no source. */
export interface Held {
  readonly secret: Secret;
  readonly source: Source | undefined;
}

/**
 * Examines a token against its requirements and the stored state of its watch.
 * @param usesEarlierReads true when reads of the previous check may be used near Meta's limit for an account
 */
export async function examineAgainst(
  deps: ExamineWatchDeps,
  { secret, source }: Held,
  requirements: Requirements,
  remembered: Remembered | undefined,
  usesEarlierReads = false,
): Promise<Verdict> {
  const reading = await readApp(deps.readSource, requirements.app);
  const { phoneNumberId, whatsappBusinessAccountId, policy } = requirements;
  const app = reading.ok ? reading.app : undefined;
  const fingerprint = fingerprintOf(secret);
  const ids = { phoneNumberId, whatsappBusinessAccountId };
  const earlierReads = usesEarlierReads ? earlierReadsOf(remembered, ids, fingerprint, deps.now()) : undefined;
  return examine(reading.ok ? deps : { ...deps, inspect: refuse(reading.failure) }, {
    secret,
    source,
    needs: { app, ...ids, earlierReads },
    policy,
    seenAlive: remembered?.aliveFingerprint === fingerprint,
    previous: remembered?.verdict ?? null,
  });
}

/** Examines the current token of a watch's source. A round calls it for each watch. */
export async function examineWatch(
  deps: ExamineWatchDeps,
  watch: Watch,
  remembered: Remembered,
  usesEarlierReads = false,
): Promise<Examined> {
  const reading = await deps.readSource(watch.source);
  if (!reading.ok) return { verdict: judgeUnreadable(reading.message, deps.now()), note: null };
  const requirements = requirementsOf(watch, deps.metaApp);
  const held = { secret: reading.secret, source: watch.source };
  const verdict = await examineAgainst(deps, held, requirements, remembered, usesEarlierReads);
  return { verdict, note: reading.note };
}

/** The Meta app of a token with its secret, or why the secret cannot be read. */
export type AppReading =
  | { readonly ok: true; readonly app: Needs["app"] }
  | { readonly ok: false; readonly failure: InspectionFailure };

/** Reads the secret of an app from its source. `app` undefined: none is configured. */
export async function readApp(readSource: ReadSource, app: Requirements["app"]): Promise<AppReading> {
  if (app === undefined) return { ok: true, app: undefined };
  if (app.secret.kind === "given") return { ok: true, app: { id: app.id, secret: app.secret.secret } };
  const reading = await readSource(app.secret.source);
  if (reading.ok) return { ok: true, app: { id: app.id, secret: reading.secret } };
  const message = `The app secret of the Meta app ${app.id} cannot be read. ${reading.message}`;
  return { ok: false, failure: { kind: "misconfigured", message, retryAfterMs: null, evidence: null } };
}

/**
 * Replaces the Graph client when the app secret cannot be read. The token's shape is still checked, without a request.
 */
function refuse(failure: InspectionFailure): Inspect {
  return (secret) =>
    Promise.resolve({ ok: false, failure, token: { fingerprint: fingerprintOf(secret), tail: tailOf(secret) } });
}
