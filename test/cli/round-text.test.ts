import { describe, expect, it } from "vitest";
import { type Done, roundText } from "../../src/cli/round-text.ts";

const quiet: Done = {
  round: { checked: 0, outcomes: {}, changes: {}, responded: 0, failed: 0, storeProblem: null, ownTrouble: null },
  delivery: { posts: 0, edits: 0, replies: 0, failed: 0 },
};

describe("the line of a round", () => {
  it.each<[Partial<Done>, string]>([
    [{}, "0 watches checked"],
    [
      {
        round: {
          checked: 1,
          outcomes: { healthy: 1 },
          changes: {},
          responded: 0,
          failed: 0,
          storeProblem: null,
          ownTrouble: null,
        },
      },
      "1 watch checked: 1 healthy",
    ],
    [
      {
        round: {
          checked: 3,
          outcomes: { healthy: 2, expiring: 1 },
          changes: { not_checked: 1 },
          responded: 1,
          failed: 1,
          storeProblem: null,
          ownTrouble: null,
        },
        delivery: { posts: 1, edits: 0, replies: 2, failed: 1 },
      },
      "3 watches checked: 2 healthy, 1 expiring; alerts: 1 not checked; evaluated again after a response: 1 watch; sent to Slack: 1 post, 2 replies; failed, see the log: 1 check, 1 delivery",
    ],
    [
      {
        round: { ...quiet.round, responded: 2, failed: 2 },
        delivery: { posts: 2, edits: 1, replies: 1, failed: 2 },
      },
      "0 watches checked; evaluated again after a response: 2 watches; sent to Slack: 2 posts, 1 edit, 1 reply; failed, see the log: 2 checks, 2 deliveries",
    ],
  ])("%j", (change, text) => {
    expect(roundText({ ...quiet, ...change })).toBe(text);
  });
});
