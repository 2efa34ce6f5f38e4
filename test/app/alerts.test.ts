import { expect, it } from "vitest";
import { alertDeps } from "../../src/app/alerts.ts";
import type { Alert } from "../../src/watch/alert.ts";
import type { WatchStore } from "../../src/watch/ports.ts";
import { after, anAlert, NO_ESCALATION, NOW } from "../support/builders.ts";

const ANN = "U0000000001";

/** A store that loses the answer to each commit, and does the work again. */
const forgetful = (stored: Alert) => {
  let alert = stored;
  let changes = 0;
  const store: Pick<WatchStore, "changeAlert" | "changeGroup"> = {
    changeAlert: async (_id, change) => {
      const tryOnce = (): void => {
        const made = change(alert);
        if (made === undefined) return;
        changes++;
        alert = made.alert;
      };
      tryOnce();
      tryOnce();
      return alert;
    },
    changeGroup: async () => undefined,
  };
  const deps = alertDeps({ store, escalation: NO_ESCALATION, onAnswer: () => {}, now: () => NOW });
  return { deps, changes: () => changes };
};

it.each<[string, (deps: ReturnType<typeof alertDeps>) => Promise<{ readonly kind: string }>]>([
  ["an acknowledgement", (deps) => deps.acknowledge("a", ANN)],
  ["a snooze", (deps) => deps.snooze("a", { by: ANN, until: after(3_600_000), reason: "rotation" })],
  ["a check", (deps) => deps.checked("a", ANN, null)],
])("%s whose commit got no answer is done once, and said to be done", async (_name, answer) => {
  const { deps, changes } = forgetful(anAlert());
  expect((await answer(deps)).kind).toBe("done");
  expect(changes()).toBe(1);
});
