import { expect, it } from "vitest";
import { unwatch } from "../../src/watch/transition.ts";
import { anAlert, anEscalation, NOW } from "../support/builders.ts";

it("a watch that left the watchlist resolves its open alert as unwatched, with a word in the thread", () => {
  const { alert, history, notes } = unwatch(anAlert(), NOW, anEscalation());
  expect(alert).toMatchObject({ resolvedAt: NOW, resolution: "unwatched", revision: 2 });
  expect(alert.replies).toMatchObject([{ reason: "unwatched", notice: false }]);
  expect(history).toMatchObject([{ reason: "unwatched", watch: "orders-prod", alert: "alert-1", by: null }]);
  expect(notes).toEqual([]);
});

it("tells those whom the alert had gone to", () => {
  const { notes } = unwatch(anAlert({ escalatedAt: NOW }), NOW, anEscalation());
  expect(notes).toMatchObject([
    { routes: ["C0000000099", "U0123456789", "C0123456789"], body: { kind: "escalation_over" } },
  ]);
});
