import type { RenewalEntry } from "../../src/renewal/audit.ts";
import type { Renewal } from "../../src/renewal/renewal.ts";
import { below, seeded } from "../crash/random.ts";
import { aLine, aRenewal, aStep, aStepLine, ended, stepped } from "../store/contract/states.ts";
import { aCard } from "../support/builders.ts";
import type { DeliveryWorld } from "./delivery-world.ts";
import type { Ledger } from "./walk-ledger.ts";

/**
 * Random changes of renewals, one open at a time, in the channels of the walk's alerts. They have their own random
 * numbers.
 */
export const createRenewalSteps = (seed: number, { store, time }: DeliveryWorld, ledger: Ledger) => {
  const random = seeded(seed + 1_000_000);
  let open: Renewal | null = null;
  let count = 0;

  const next = (at: Date, renewal: Renewal): readonly [Renewal, readonly RenewalEntry[]] => {
    const about = { at, renewal: renewal.id };
    const dice = random();
    if (dice < 0.2) {
      const event = { kind: "ended", outcome: "cancelled", step: null } as const;
      return [ended(renewal, { endedAt: at }), [aLine({ ...about, event })]];
    }
    const edited = { ...renewal, seenInUse: ++count, revision: renewal.revision + 1 };
    if (dice < 0.35) return [edited, []];
    if (dice < 0.5) return [edited, [aLine({ ...about, by: { kind: "bot" }, event: { kind: "waits_a_day" } })]];
    const result = aStep({ at, detail: { kind: "not_read", message: String(count) } });
    return [stepped(renewal, result), [aStepLine(result, about)]];
  };

  /** Changes a renewal now and then. */
  return async (): Promise<void> => {
    if (random() > 0.4) return;
    const at = time.now();
    if (open === null) {
      const card = aCard({ channel: `C${1 + below(random, 2)}`, owner: "U1" });
      open = aRenewal({ id: `renewal-${++count}`, card, startedAt: at });
      await store.startRenewal(open, [aLine({ at, renewal: open.id })]);
      return;
    }
    const [changed, entries] = next(at, open);
    if (!(await store.saveRenewal(changed, entries))) throw new Error("the renewal was not saved");
    for (const entry of entries) ledger.owesLine(entry);
    open = changed.endedAt === null ? changed : null;
  };
};
