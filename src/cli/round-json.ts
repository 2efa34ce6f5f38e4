import type { Done } from "./round-text.ts";

/**
 * The object that `round --json` prints. Scripts rely on its keys, so every key is always present. `outcomes` and
 * `changes` have a key for each state and reason that occurred. `delivery` is null when a running bot delivers.
 */
export function roundJson({ round, delivery }: Done) {
  return {
    checked: round.checked,
    outcomes: round.outcomes,
    changes: round.changes,
    checkedAgain: round.responded,
    failed: round.failed,
    delivery:
      delivery === undefined
        ? null
        : { posts: delivery.posts, edits: delivery.edits, replies: delivery.replies, failed: delivery.failed },
  };
}
