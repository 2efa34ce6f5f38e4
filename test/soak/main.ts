// `npm run soak` kills the bots of eight towns 200 times, and audits what Slack has (test/crash/kill-campaign.ts). Then it
// kills a renewal at each of its moments, alone and as one of two replicas on PostgreSQL, and prints both tables
// (test/crash/renewal/). Then it runs two real bots against the stand-ins in real time, for `--minutes N`. Tokens fail and
// recover, and Slack and Graph have faults from time to time. One bot is killed again and again; the other shows its use
// of resources. Exits with 1 when a message was lost or repeated without need, or a renewal left a wrong token.
// `--kills N` sets the number of kills; 0 skips this part and the renewals, except with `--renewals`.
// `npm run soak -- --walks N` runs N random walks of the outbox with the real store in memory instead; see
// test/outbox/walk.ts.
// `npm run soak -- --fleet MINUTES` only runs two replicas on PostgreSQL with 10,000 watches, and prints memory and dead
// rows. Exits with 1 when the memory or the table grows.
import { parseArgs } from "node:util";
import { warmUp } from "../crash/campaign.ts";
import { below } from "../crash/random.ts";
import { say } from "../crash/say.ts";
import { soakFleet } from "./fleet.ts";
import { openHousehold } from "./household.ts";
import { soakKills } from "./kills.ts";
import { soakRenewals } from "./renewals.ts";
import { soakReplicaRenewals } from "./replica-renewals.ts";
import { soakWalks } from "./walks.ts";

const MINUTE_MS = 60_000;
const KILL_EVERY_MS = 15_000;

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "200" },
    minutes: { type: "string", default: "10" },
    seed: { type: "string" },
    renewals: { type: "boolean" },
    walks: { type: "string" },
    fleet: { type: "string" },
  },
});
const [minutes, kills] = [Number(values.minutes), Number(values.kills)];
if (!(minutes >= 0 && kills >= 0)) {
  say("--minutes and --kills must be numbers from 0.");
  process.exit(2);
}
const seed = Number(values.seed ?? below(Math.random, 1_000_000));
if (values.walks !== undefined) process.exit(await soakWalks(Number(values.walks), seed, say));

await using opened = new AsyncDisposableStack();
const { compileCache, remove } = await warmUp();
opened.defer(remove);
if (values.fleet !== undefined) {
  const code = await soakFleet(Number(values.fleet), compileCache, say);
  await opened.disposeAsync();
  process.exit(code);
}
if (kills > 0) process.exitCode = await soakKills(kills, seed, compileCache, say);
if (values.renewals !== undefined || kills > 0)
  for (const soak of [soakRenewals, soakReplicaRenewals])
    process.exitCode = Math.max(Number(process.exitCode ?? 0), await soak(compileCache, say));
if (minutes === 0) {
  await opened.disposeAsync();
  process.exit();
}

say(`soaking for ${minutes} minutes with the seed ${seed}`);
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
if (ends.some(({ wrong }) => wrong.length > 0)) process.exitCode = 1;
