import { expect, it } from "vitest";
import { resolveRemoved } from "../../src/alert/transition.ts";
import { anAlert, NOW } from "../support/builders.ts";

it("a watch that left the watchlist resolves its open alert as unwatched, with a reply", () => {
  const { alert, replies: words, history, messages } = resolveRemoved(anAlert({ escalatedAt: NOW }), NOW);
  expect(alert).toMatchObject({ resolvedAt: NOW, resolution: "unwatched", revision: 2 });
  expect(words).toMatchObject([{ reason: "unwatched", notice: false }]);
  expect(history).toMatchObject([{ reason: "unwatched", watch: "orders-prod", alert: "alert-1", by: null }]);
  // On-call sees the end in its own message, which follows the alert.
  expect(messages).toEqual([]);
});
