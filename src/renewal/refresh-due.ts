import type { Verdict } from "../token/verdict.ts";
import type { RenewerDeps } from "./deps.ts";
import { traceOf } from "./get-ready.ts";
import { newRenewal } from "./new-renewal.ts";
import type { Renewer } from "./renewer.ts";
import { saveStart, saveStep } from "./save-step.ts";
import { isDueUnattended, spreadOf } from "./rules/unattended.ts";

/** Refreshes tokens without a person. */
export interface Refresher {
  /** Starts every refresh that is due by `before`. Never rejects because of Meta, disk or a command. */
  readonly refreshDue: () => Promise<void>;
}

export function createRefresher(deps: RenewerDeps, start: Renewer["start"]): Refresher {
  const { store, log, now } = deps;

  const refresh = async (watch: string, verdict: Verdict): Promise<void> => {
    const settings = deps.settings(watch);
    if (settings.beforeMs === undefined || settings.write === undefined) return;
    const last = await store.findRenewal(watch);
    if (!isDueUnattended(verdict, settings, last, now(), spreadOf(verdict.token?.fingerprint ?? ""))) return;
    const renewed = await start(watch, "refresh", BY);
    if (renewed.ok) {
      // After a failure more thresholds warn, so the inspection opens the alert.
      if (renewed.renewal.outcome === "failed") await deps.inspectNow([watch]);
      return;
    }
    const { obstacle } = renewed;
    log.warn({ watch, obstacle: obstacle.kind }, "could not start a refresh");
    if (obstacle.kind !== "cannot_write") return;
    await recordFailure(deps, watch, verdict, obstacle.message);
    await deps.inspectNow([watch]);
  };

  return {
    async refreshDue() {
      if (deps.unattended.length === 0) return;
      const verdicts = await deps.verdicts();
      for (const watch of deps.unattended) {
        const verdict = verdicts.get(watch);
        if (verdict === undefined || verdict === null || deps.card(watch) === undefined) continue;
        try {
          await refresh(watch, verdict);
        } catch (error) {
          log.error({ watch, err: error }, "could not refresh the token of a watch");
        }
      }
    },
  };
}

const BY = { kind: "bot" } as const;

/** People must hear of a place that cannot be written, long before the token ends. So the failure is a renewal too. */
async function recordFailure(deps: RenewerDeps, watch: string, verdict: Verdict, message: string): Promise<void> {
  const card = deps.card(watch);
  const { write } = deps.settings(watch);
  if (card === undefined || write === undefined) return;
  const renewal = newRenewal(
    { id: deps.newId(), watch, card, way: "refresh", startedBy: BY, startedAt: deps.now() },
    { place: deps.placeOf(write), before: traceOf(verdict), working: false },
  );
  if ((await saveStart(deps, renewal)) !== null) return;
  const result = { step: "write", state: "failed", detail: { kind: "not_saved", message } } as const;
  await saveStep(deps, renewal, { by: BY, result, outcome: "failed" });
}
