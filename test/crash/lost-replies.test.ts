import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { untruths } from "./audit-truth.ts";
import { LEASES_END_MS, openCampaign, warmUp } from "./campaign.ts";
import { seeded } from "./random.ts";
import { say } from "./say.ts";

/** Many starts of a real process take minutes on a slow machine. */
const LONG = { timeout: 600_000 };

let compiled: Awaited<ReturnType<typeof warmUp>>;
beforeAll(async () => {
  compiled = await warmUp();
});
afterAll(() => compiled.remove());

const PHASES = 3;
const LOST_IN_EACH = 3;

it("each lost answer of Slack causes at most one repeated message and no lost one", LONG, async () => {
  const campaign = await openCampaign({ watches: 10, channels: 5, compileCache: compiled.compileCache });
  const { town, ledger } = campaign;
  const random = seeded(5);
  const flips = setInterval(() => town.flip(random), 150);
  const unanswered = (): number => ledger.taken().filter((message) => message.unanswered).length;
  onTestFinished(async () => {
    clearInterval(flips);
    await campaign.close();
  });
  for (let phase = 0; phase < PHASES; phase++) {
    // The retry delay after a lost answer is long over when the bot runs again.
    const bot = await campaign.start(LEASES_END_MS);
    const before = unanswered();
    const losing = setInterval(() => {
      if (random() < 0.5) town.world.slack.faults.add({ kind: "lost_reply", method: "chat.postMessage" });
    }, 300);
    await expect.poll(() => unanswered() - before, { timeout: 60_000 }).toBeGreaterThanOrEqual(LOST_IN_EACH);
    clearInterval(losing);
    town.world.slack.faults.clear();
    await campaign.end(bot, "SIGTERM");
  }
  clearInterval(flips);
  const last = await campaign.start(LEASES_END_MS);
  await campaign.settle(60_000);
  await campaign.end(last, "SIGTERM");
  const { lost, repeats, strange, words } = campaign.audit((message) => message.unanswered);
  say(`${unanswered()} answers of Slack lost, ${words} transitions: ${lost.length} lost, ${repeats.length} repeats`);
  expect({ lost, strange, unexcused: repeats.filter(({ excused }) => !excused) }).toEqual({
    lost: [],
    strange: [],
    unexcused: [],
  });
  expect(repeats.length).toBeLessThanOrEqual(unanswered());
  expect(untruths(town, ledger.taken(), campaign.stored())).toEqual([]);
});
