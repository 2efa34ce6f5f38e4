import type { DeliverySummary } from "../outbox/deliver.ts";

export const NOTHING_DELIVERED: DeliverySummary = { posts: 0, edits: 0, replies: 0, failed: 0 };

export function sum(a: DeliverySummary, b: DeliverySummary): DeliverySummary {
  return combine(a, b, (one, other) => one + other);
}

/** The number of deliveries between two totals. */
export function since(before: DeliverySummary, after: DeliverySummary): DeliverySummary {
  return combine(after, before, (one, other) => one - other);
}

function combine(a: DeliverySummary, b: DeliverySummary, by: (one: number, other: number) => number): DeliverySummary {
  return {
    posts: by(a.posts, b.posts),
    edits: by(a.edits, b.edits),
    replies: by(a.replies, b.replies),
    failed: by(a.failed, b.failed),
  };
}
