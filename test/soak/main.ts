// `npm run soak -- --minutes N` runs two real bots against the stand-ins in real time. Tokens fail and recover, and
// Slack and Graph have faults from time to time. One bot is killed again and again; the other shows its use of
// resources. Exits with 1 when a message was lost or repeated without need. It uses the parts of test/crash/. `npm run
// soak -- --walks N` runs N random walks of the outbox with the real store in memory instead; see test/outbox/walk.ts.
import { parseArgs } from "node:util";
import { warmUp } from "../crash/campaign.ts";
import { below } from "../crash/random.ts";
import { say } from "../crash/say.ts";
import { openHousehold } from "./household.ts";
import { soakWalks } from "./walks.ts";

const MINUTE_MS = 60_000;
const KILL_EVERY_MS = 15_000;

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "10" }, seed: { type: "string" }, walks: { type: "string" } },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  say("--minutes must be a number above 0.");
  process.exit(2);
}
const seed = Number(values.seed ?? below(Math.random, 1_000_000));
if (values.walks !== undefined) process.exit(await soakWalks(Number(values.walks), seed, say));
say(`soaking for ${minutes} minutes with the seed ${seed}`);

await using opened = new AsyncDisposableStack();
const { compileCache, remove } = await warmUp();
opened.defer(remove);
const killed = await openHousehold({ name: "killed", seed, compileCache, killEveryMs: KILL_EVERY_MS });
opened.defer(killed.close);
const steady = await openHousehold({ name: "steady", seed: seed + 1, compileCache, killEveryMs: Infinity });
opened.defer(steady.close);
const households = [killed, steady];

const startedMs = Date.now();
const reporting = setInterval(() => {
  const minute = Math.round((Date.now() - startedMs) / MINUTE_MS);
  for (const household of households) say(`minute ${minute}, ${household.report()}`);
}, MINUTE_MS);
opened.defer(() => clearInterval(reporting));
await Promise.all(households.map((household) => household.live(startedMs + minutes * MINUTE_MS)));
clearInterval(reporting);

const ends = await Promise.all(households.map((household) => household.finish()));
for (const { report, wrong } of ends) {
  say(`at the end, ${report}`);
  for (const line of wrong) say(`  wrong: ${line}`);
}
process.exitCode = ends.some(({ wrong }) => wrong.length > 0) ? 1 : 0;
