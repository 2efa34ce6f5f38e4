import { walk } from "../outbox/walk.ts";

const REPORT_EVERY = 1_000;

/** Runs walks from one seed on. Returns the exit code: 1 when an invariant failed. */
export async function soakWalks(count: number, firstSeed: number, say: (line: string) => void): Promise<number> {
  const total = { calls: 0, crashes: 0, lostAnswers: 0, stumbles: 0, stalls: 0, repeated: 0 };
  let broken = 0;
  for (let done = 0; done < count; done++) {
    const seed = firstSeed + done;
    const { problems, ...counts } = await walk(seed);
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += counts[key];
    if (problems.length > 0) {
      broken++;
      for (const problem of problems) say(`walk ${seed}: ${problem}`);
    }
    if ((done + 1) % REPORT_EVERY === 0) say(`${done + 1} walks, ${broken} broken, ${JSON.stringify(total)}`);
  }
  say(`${count} walks, ${broken} broken, ${JSON.stringify(total)}`);
  return broken > 0 ? 1 : 0;
}
