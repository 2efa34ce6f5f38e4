import { MINUTE_MS } from "../token/duration.ts";
import { createActs } from "./act.ts";
import { createClaims } from "./claim.ts";
import type { Patience, RenewerDeps } from "./deps.ts";
import { look } from "./look.ts";
import { isPreviousOld } from "./rules/next-step.ts";
import { createOpener } from "./open-renewal.ts";
import type { Renewal } from "./renewal.ts";
import type { Renewed, Renewer } from "./renewer.ts";
import { recordRefusals } from "./record-refusals.ts";
import { createRefresher, type Refresher } from "./refresh-due.ts";
import { currentStep, resultOf } from "./rules/steps.ts";

/** The renewer of one program. */
export interface ProgramRenewer extends Renewer, Refresher {
  /**
   * Polls a renewal until a person must act, its time is over or it ended. Returns its last state. Undefined: there is
   * none. The bot does it beside `start` and `give` (`background`); the CLI awaits it.
   */
  readonly settle: (id: string, patience?: Patience) => Promise<Renewal | undefined>;
  /** Resolves when no polling runs. */
  readonly idle: () => Promise<void>;
}

/** Renews tokens over the ports. Docs/architecture.md and renewal.ts describe the steps. */
export function createRenewer(deps: RenewerDeps): ProgramRenewer {
  const { store, log, wait, now } = deps;
  const claims = createClaims(deps);
  const opener = createOpener(deps, claims);
  const polls = new Set<Promise<unknown>>();

  /** Looks once. When another program looks, returns what it stored. */
  const lookAt = async (id: string): Promise<Renewal | undefined> => {
    const looked = await claims.during(id, 1, async (renewal) =>
      renewal === undefined ? undefined : look(deps, renewal),
    );
    return looked === undefined ? store.renewalById(id) : looked.value;
  };

  const settle = async (id: string, patience: Patience = POLLING): Promise<Renewal | undefined> => {
    let left: Record<Polled, number> = { read_back: patience.readBackMs, in_use: patience.inUseMs };
    for (;;) {
      const began = now().getTime();
      const renewal = await lookAt(id);
      const step = renewal?.endedAt === null ? currentStep(renewal) : null;
      if (renewal === undefined || deps.signal?.aborted === true || !isPolled(step)) return renewal;
      // Only the next start of the bot reads the source again.
      if (resultOf(renewal, step)?.detail.kind === "restart_bot") return renewal;
      if (step === "in_use" && deps.settings(renewal.watch).proofs.length === 0) return renewal;
      if (left[step] <= 0) return renewal;
      await wait(BETWEEN_MS);
      left = { ...left, [step]: left[step] - Math.max(BETWEEN_MS, now().getTime() - began) };
    }
  };

  /** Continues a renewal beside the caller, who gets the state after the write. */
  const followed = (renewed: Renewed): Renewed => {
    if (!deps.background || !renewed.ok || !isPolled(currentStep(renewed.renewal))) return renewed;
    const { id, watch } = renewed.renewal;
    const poll: Promise<unknown> = settle(id)
      .catch((error: unknown) => log.error({ watch, err: error }, "could not follow a renewal; the next round does"))
      .finally(() => polls.delete(poll));
    polls.add(poll);
    return renewed;
  };

  const start: Renewer["start"] = async (watch, way, by) => followed(await opener.start(watch, way, by));

  return {
    prepare: opener.prepare,
    ...recordRefusals(deps, {
      start,
      give: async (watch, secret, by, options) => followed(await opener.give(watch, secret, by, options)),
      ...createActs(deps, claims),
    }),
    async proceed() {
      for (const renewal of await store.renewals()) {
        if (renewal.endedAt !== null && !isPreviousOld(renewal, now())) continue;
        try {
          await lookAt(renewal.id);
        } catch (error) {
          log.error({ watch: renewal.watch, err: error }, "could not look at a renewal; the next round does");
        }
      }
    },
    ...createRefresher(deps, start),
    settle,
    async idle() {
      await Promise.all(polls);
    },
  };
}

type Polled = "read_back" | "in_use";

/** The bot polls this long; then every round looks. */
const POLLING: Patience = { readBackMs: 2 * MINUTE_MS, inUseMs: 10 * MINUTE_MS };

const BETWEEN_MS = 5_000;

function isPolled(step: string | null): step is Polled {
  return step === "read_back" || step === "in_use";
}
