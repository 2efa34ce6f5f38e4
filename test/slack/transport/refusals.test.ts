import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRefusals } from "../../../src/slack/transport/refusals.ts";
import { NOW } from "../../support/builders.ts";
import { keepLog } from "../../support/keep-log.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const setUp = () => {
  const { log, lines } = keepLog();
  const refusals = createRefusals({ log, now: () => NOW });
  return { refusals, told: () => lines.map(({ refused }) => refused) };
};

describe("the log of refused requests", () => {
  it("has a line at once, then at most one a minute with the number since then", () => {
    const { refusals, told } = setUp();
    refusals.refused("forged");
    expect(told()).toEqual([{ forged: 1 }]);
    for (let count = 0; count < 500; count++) refusals.refused("forged");
    refusals.refused("unsigned");
    vi.advanceTimersByTime(59_000);
    expect(told()).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    expect(told().at(-1)).toEqual({ forged: 500, unsigned: 1 });
    refusals.refused("stale");
    vi.advanceTimersByTime(59_000);
    expect(told()).toHaveLength(2);
    vi.advanceTimersByTime(1_000);
    expect(told().at(-1)).toEqual({ stale: 1 });
  });

  it("has the next one at once after a minute without refusals", () => {
    const { refusals, told } = setUp();
    refusals.refused("forged");
    vi.advanceTimersByTime(120_000);
    expect(told()).toHaveLength(1);
    refusals.refused("too_large");
    expect(told()).toEqual([{ forged: 1 }, { too_large: 1 }]);
  });
});

describe("what refused requests mean", () => {
  it.each([
    [["forged"], "copy the Signing Secret again"],
    [["unsigned", "forged", "stale"], "copy the Signing Secret again"],
    [["stale"], "the clock of this machine is wrong"],
    [["unsigned", "unsigned"], "a proxy removes the headers"],
  ] as const)("%j names SLACK_SIGNING_SECRET and the likely cause", (reasons, cause) => {
    const { refusals } = setUp();
    for (const why of reasons) refusals.refused(why);
    const problem = refusals.problem() ?? "";
    expect(problem).toContain("SLACK_SIGNING_SECRET");
    expect(problem).toContain(cause);
    const at = NOW.toISOString();
    expect(problem).toContain(
      reasons.length === 1
        ? `The bot refused the last request to Slack's address at ${at}:`
        : `The bot refused each of the last ${reasons.length} requests to Slack's address, the latest at ${at}:`,
    );
  });

  it("is nothing before the first one, and nothing after a signed request", () => {
    const { refusals } = setUp();
    expect(refusals.problem()).toBeNull();
    refusals.refused("forged");
    refusals.accepted();
    expect(refusals.problem()).toBeNull();
    refusals.refused("forged");
    expect(refusals.problem()).toContain("the last request");
  });

  it.each(["too_large", "unreadable"] as const)("is nothing for %s, which cannot be Slack's", (why) => {
    const { refusals } = setUp();
    refusals.refused(why);
    expect(refusals.problem()).toBeNull();
  });

  it.each(["no_room", "dropped"] as const)("is too many requests for %s, until a request of Slack arrives", (why) => {
    const { refusals } = setUp();
    refusals.refused(why);
    refusals.refused(why);
    expect(refusals.problem()).toMatch(/^Too many connections to Slack's address: the bot closed 2/);
    expect(refusals.problem()).not.toContain("SLACK_SIGNING_SECRET");
    refusals.accepted();
    expect(refusals.problem()).toBeNull();
  });
});
