import { fingerprintOf, type Secret } from "../token/secret/secret.ts";
import { type Claims, PATIENT_TRIES } from "./claim.ts";
import type { RenewerDeps } from "./deps.ts";
import { getReady, type Ready, traceOf } from "./get-ready.ts";
import { look } from "./look.ts";
import { makeToken, type Work } from "./make-token.ts";
import { actionsOf } from "./rules/next-step.ts";
import { newRenewal } from "./new-renewal.ts";
import { replacedToken } from "./rules/replaced-token.ts";
import type { Actor, Renewal, Way } from "./renewal.ts";
import type { Obstacle, Renewed, Renewer } from "./renewer.ts";
import { isCrashed } from "./rules/steps.ts";
import { saveStart, saveStep } from "./save-step.ts";

/** Opens renewals and makes their tokens. */
export function createOpener(deps: RenewerDeps, claims: Claims): Pick<Renewer, "prepare" | "start" | "give"> {
  const { store, log } = deps;

  /** The open renewal of a watch. One that a crash left is settled first. */
  const openOf = async (watch: string): Promise<Renewal | undefined> => {
    const last = await store.findRenewal(watch);
    if (last === undefined || last.endedAt !== null) return undefined;
    if (!last.working) return last;
    const looked = await claims.during(last.id, 1, async (renewal) =>
      renewal === undefined ? undefined : look(deps, renewal),
    );
    const now = looked === undefined ? last : looked.value;
    return now?.endedAt === null ? now : undefined;
  };

  const open = async (ready: Ready, way: Way, by: Actor, pasted: Secret | null): Promise<Renewed> => {
    const { watch, card, place, old } = ready;
    const source = traceOf(old?.verdict);
    const known = way === "refresh" ? source : traceOf((await deps.verdicts()).get(watch) ?? undefined);
    const renewal = newRenewal(
      { id: deps.newId(), watch, card, way, startedBy: by, startedAt: deps.now() },
      {
        place,
        before: replacedToken(printOf(pasted), source, known),
        working: way === "refresh" || pasted !== null,
      },
    );
    const refused = await saveStart(deps, renewal);
    if (refused === null) {
      if (by.kind !== "bot") await acknowledge(ready.watch, by);
      return { ok: true, renewal };
    }
    return refused.open.watch === ready.watch
      ? no({ kind: "already_open", renewal: refused.open })
      : no({ kind: "place_busy", watch: refused.open.watch });
  };

  /** A person works on the alert. A refresh by the bot itself may fail, so it leaves the alert to people. */
  const acknowledge = async (watch: string, by: Actor): Promise<void> => {
    try {
      await deps.acknowledge(watch, by);
    } catch (error) {
      log.warn({ watch, err: error }, "could not acknowledge the alert of a watch that is renewed");
    }
  };

  /** Makes the token under the claim, and looks at the source once. */
  const work = async ({ id, revision }: Renewal, job: Work): Promise<Renewed> => {
    const made = await claims.during(id, PATIENT_TRIES, async (renewal): Promise<Renewed> => {
      if (renewal === undefined) return no({ kind: "no_renewal" });
      // Another person, program or look changed it since the checks.
      if (renewal.revision !== revision) return no({ kind: "busy" });
      const working = renewal.working ? renewal : await take(renewal, job);
      if (working === undefined) return no({ kind: "busy" });
      const done = await makeToken(deps, working, job);
      return { ok: true, renewal: done };
    });
    return made?.value ?? no({ kind: "busy" });
  };

  const take = (renewal: Renewal, { by, ready, pasted }: Work): Promise<Renewal | undefined> => {
    const before = replacedToken(printOf(pasted), traceOf(ready.old?.verdict), renewal.before);
    return saveStep(deps, renewal, { by, fields: { working: true, before, place: ready.place } });
  };

  return {
    async prepare(watch, way) {
      // Only reads: a renewal that a crash left is not settled here.
      const last = await store.findRenewal(watch);
      if (last?.endedAt === null) return no({ kind: "already_open", renewal: last });
      const got = await getReady(deps, watch, way);
      if (!got.ok) return got;
      const { place } = got.ready;
      const other = (await store.renewals()).find(
        (renewal) => renewal.endedAt === null && place !== null && renewal.place?.key === place.key,
      );
      return other === undefined ? { ok: true } : no({ kind: "place_busy", watch: other.watch });
    },
    async start(watch, way, by) {
      const existing = await openOf(watch);
      if (existing !== undefined)
        return no(isCrashed(existing) ? { kind: "crashed" } : { kind: "already_open", renewal: existing });
      const got = await getReady(deps, watch, way);
      if (!got.ok) return got;
      const opened = await open(got.ready, way, by, null);
      if (!opened.ok || way === "given") return opened;
      return work(opened.renewal, { ready: got.ready, by, pasted: undefined, acceptSooner: false });
    },
    async give(watch, secret, by, { acceptSooner }) {
      const existing = await openOf(watch);
      if (existing?.working === true) return no({ kind: isCrashed(existing) ? "crashed" : "busy" });
      if (existing !== undefined && !actionsOf(existing).includes("paste"))
        return no({ kind: "already_open", renewal: existing });
      const got = await getReady(deps, watch, "given");
      if (!got.ok) return got;
      const { ready } = got;
      const opened: Renewed =
        existing === undefined ? await open(ready, "given", by, secret) : { ok: true, renewal: existing };
      if (!opened.ok) return opened;
      return work(opened.renewal, { ready, by, pasted: secret, acceptSooner });
    },
  };
}

function printOf(secret: Secret | null | undefined): string | null {
  return secret == null ? null : fingerprintOf(secret);
}

function no(obstacle: Obstacle): { readonly ok: false; readonly obstacle: Obstacle } {
  return { ok: false, obstacle };
}
