import type { Renewing } from "../../app/renewal/renew-beside.ts";
import type { Renewal, Way } from "../../renewal/renewal.ts";
import type { Obstacle, Renewed } from "../../renewal/renewer.ts";
import { currentStep, isCrashed, resultOf } from "../../renewal/rules/steps.ts";
import type { Secret } from "../../token/secret/secret.ts";

/** What a person asks of one run. */
export interface Asked {
  readonly watch: string;
  /** The given token. Undefined: Meta refreshes the old one. */
  readonly given: Secret | undefined;
  readonly confirmsInUse: boolean;
  readonly endsOld: boolean;
}

/** The person at the terminal. */
export interface Desk {
  /** Shows what runs now. */
  readonly progress: <T>(text: string, work: () => Promise<T>) => Promise<T>;
  /** Whether to save a given token that ends sooner than the old one. False without a terminal. */
  readonly acceptSooner: () => Promise<boolean>;
  /** Warns of the apps that did not prove that they use the new token, before the confirmation is saved. */
  readonly warnOfUse: (renewal: Renewal) => void;
}

/** The result of a run. `obstacle`: a step that was asked for was refused, or nothing began. */
export interface Ran {
  readonly way: Way;
  /** Null: nothing began. */
  readonly renewal: Renewal | null;
  readonly obstacle: Obstacle | null;
}

/** Continues the open renewal of a watch or starts one, polls it, and takes the steps that were asked for. */
export async function runSteps(renewing: Renewing, asked: Asked, desk: Desk): Promise<Ran> {
  const { renewer } = renewing;
  const way = asked.given === undefined ? "refresh" : "given";
  const begun = await begin(renewing, asked, desk);
  if (!begun.ok) return { way, renewal: null, obstacle: begun.obstacle };
  let { renewal } = begun;
  const { isOwn } = begun;
  if (!isOwn && renewal.outcome !== null && renewal.outcome !== "done")
    return { way: renewal.way, renewal, obstacle: { kind: "already_ended" } };
  let obstacle: Obstacle | null = null;
  const follow = async (): Promise<void> => {
    const { id } = renewal;
    renewal = (await desk.progress(followText(renewal), () => renewer.settle(id))) ?? renewal;
  };
  const take = async (text: string, act: () => Promise<Renewed>): Promise<void> => {
    const done = await desk.progress(text, act);
    if (done.ok) renewal = done.renewal;
    else obstacle = done.obstacle;
  };
  if (isPolled(renewal)) await follow();
  if (asked.confirmsInUse && isAt(renewal, "in_use")) {
    // The apps had no time to read a token that this run saved, so nobody can know that they use it.
    if (isOwn && resultOf(renewal, "write")?.state === "done")
      return { way: renewal.way, renewal, obstacle: { kind: "just_saved" } };
    desk.warnOfUse(renewal);
    await take("Confirming that the new token is in use…", () => renewer.confirmInUse(renewal.id, BY));
  }
  if (asked.endsOld && isAt(renewal, "end_old"))
    await take("Ending the old token…", () => renewer.endOld(renewal.id, BY));
  return { way: renewal.way, renewal, obstacle };
}

const BY = { kind: "terminal" } as const;

const MAKING = "Getting the new token, testing and saving it…";

/** A renewal to continue. `isOwn`: this run made or took its token. */
type Begun =
  | { readonly ok: true; readonly renewal: Renewal; readonly isOwn: boolean }
  | Extract<Renewed, { readonly ok: false }>;

async function begin(renewing: Renewing, asked: Asked, desk: Desk): Promise<Begun> {
  const { renewer, find } = renewing;
  const { watch, given } = asked;
  const before = await find(watch);
  await desk.progress("Looking at open renewals…", () => renewer.proceed());
  const now = await find(watch);
  const open = now?.endedAt === null ? now : undefined;
  if (given !== undefined) return own(await give(renewing, { watch, given, open }, desk));
  if (before?.endedAt === null && now !== undefined) {
    // What was asked is about the renewal that was open, never about another one.
    if (now.id !== before.id) return { ok: false, obstacle: { kind: "already_open", renewal: now } };
    if (open === undefined) return { ok: true, renewal: now, isOwn: false };
  }
  if (open === undefined) return own(await desk.progress(MAKING, () => renewer.start(watch, "refresh", BY)));
  if (open.working) return { ok: false, obstacle: { kind: isCrashed(open) ? "crashed" : "busy" } };
  const step = currentStep(open);
  return step === "obtain" || step === "test"
    ? { ok: false, obstacle: { kind: "already_open", renewal: open } }
    : { ok: true, renewal: open, isOwn: false };
}

function own(renewed: Renewed): Begun {
  return renewed.ok ? { ...renewed, isOwn: true } : renewed;
}

interface Giving {
  readonly watch: string;
  readonly given: Secret;
  readonly open: Renewal | undefined;
}

async function give({ renewer }: Renewing, { watch, given, open }: Giving, desk: Desk): Promise<Renewed> {
  const tryIt = (acceptSooner: boolean): Promise<Renewed> =>
    desk.progress("Testing the new token and saving it…", () => renewer.give(watch, given, BY, { acceptSooner }));
  const first = await tryIt(false);
  const endsSooner = first.ok && resultOf(first.renewal, "test")?.detail.kind === "ends_sooner";
  const done = endsSooner && (await desk.acceptSooner()) ? await tryIt(true) : first;
  if (!done.ok || open !== undefined || !isAt(done.renewal, "test")) return done;
  // Nothing waits for another token after this run, and an open renewal would refuse a refresh.
  const cancelled = await renewer.cancel(done.renewal.id, BY);
  return cancelled.ok ? cancelled : done;
}

function isAt(renewal: Renewal, step: "test" | "in_use" | "end_old"): boolean {
  return renewal.endedAt === null && !renewal.working && currentStep(renewal) === step;
}

function isPolled(renewal: Renewal): boolean {
  const step = currentStep(renewal);
  return renewal.endedAt === null && (step === "read_back" || step === "in_use");
}

function followText(renewal: Renewal): string {
  return currentStep(renewal) === "read_back"
    ? "Waiting until the source gives the new token, at most 2 minutes…"
    : "Waiting until every app uses the new token, at most 10 minutes…";
}
