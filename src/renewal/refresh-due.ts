import type { Verdict } from "../token/verdict.ts";
import type { RenewerDeps } from "./deps.ts";
import { traceOf } from "./get-ready.ts";
import { newRenewal } from "./new-renewal.ts";
import type { Renewal, StepResult } from "./renewal.ts";
import type { Obstacle, Renewer } from "./renewer.ts";
import { saveStart, saveStep } from "./save-step.ts";
import { isDueUnattended, spreadOf, tellsUnbegun } from "./rules/unattended.ts";

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
    const spread = spreadOf(verdict.token?.fingerprint ?? "");
    if (!isDueUnattended(verdict, settings, last, now(), spread)) return;
    const renewed = await start(watch, "refresh", BY);
    if (renewed.ok) {
      // After a failure more thresholds warn, so the inspection opens the alert.
      if (renewed.renewal.outcome === "failed") await deps.inspectNow([watch]);
      return;
    }
    const { obstacle } = renewed;
    log.warn({ watch, obstacle: obstacle.kind }, "could not start a refresh");
    const result = await toldAs(watch, obstacle, verdict, last);
    if (result === null) return;
    await recordFailure(deps, watch, verdict, result);
    await deps.inspectNow([watch]);
  };

  /** The failed step that tells people about an obstacle. Null: nobody needs to hear of it now. */
  const toldAs = async (
    watch: string,
    obstacle: Obstacle,
    { token }: Verdict,
    last: Renewal | undefined,
  ): Promise<Pick<StepResult, "step" | "detail"> | null> => {
    switch (obstacle.kind) {
      case "cannot_write":
        return { step: "write", detail: { kind: "not_saved", message: obstacle.message } };
      case "not_known":
      case "source_unreadable": {
        const urgent =
          token?.expiry.kind === "at" && token.expiry.at.getTime() - now().getTime() <= deps.criticalMs(watch);
        // An answer may only come late. What lasts, checks find too.
        if (!tellsUnbegun(last, urgent, now()) || !(await deps.isUnanswered(watch))) return null;
        const { kind, message } = obstacle;
        return { step: "obtain", detail: { kind: "not_begun", obstacle: kind, message, urgent } };
      }
      default:
        // The next check tells about another token. A renewal that is open does the work of this one.
        return null;
    }
  };

  return {
    async refreshDue() {
      for await (const { watch, verdict } of deps.unattended()) {
        if (deps.card(watch) === undefined) continue;
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

/** People must hear of what prevents a refresh, long before the token ends. So the failure is a renewal too. */
async function recordFailure(
  deps: RenewerDeps,
  watch: string,
  verdict: Verdict,
  failed: Pick<StepResult, "step" | "detail">,
): Promise<void> {
  const card = deps.card(watch);
  const { write } = deps.settings(watch);
  if (card === undefined || write === undefined) return;
  const renewal = newRenewal(
    { id: deps.newId(), watch, card, way: "refresh", startedBy: BY, startedAt: deps.now() },
    { place: deps.placeOf(write), before: traceOf(verdict), working: false },
  );
  if ((await saveStart(deps, renewal)) !== null) return;
  await saveStep(deps, renewal, { by: BY, result: { ...failed, state: "failed" }, outcome: "failed" });
}
