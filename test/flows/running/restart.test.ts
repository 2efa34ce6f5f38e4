import { describe, expect, it } from "vitest";
import { say } from "../../crash/say.ts";
import { aWorld } from "../flow.ts";
import { ENDS, IN_HAND, toldAfterRestart, TOLD_WITHIN_MS } from "./restarted.ts";
import { ORDERS } from "../watched.ts";

const CASES = ENDS.flatMap((end) => IN_HAND.map((inHand) => ({ end, inHand })));

describe("a bot on SQLite that starts again", () => {
  it.each(CASES)("after $end with $inHand in progress soon reports what the last one could not", async (restart) => {
    const world = await aWorld({ start: new Date(), watchlist: ORDERS });
    const tookMs = await toldAfterRestart(world, restart);
    say(`${restart.end} with ${restart.inHand} in hand: told ${Math.round(tookMs)} ms after readiness`);
    expect(tookMs).toBeLessThan(TOLD_WITHIN_MS);
  });
});
