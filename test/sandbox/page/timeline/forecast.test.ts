import { describe, expect, it, onTestFinished } from "vitest";
import { WATCH_PLANS } from "../../../../sandbox/page/server/page-world.ts";
import { openStage, type Stage } from "../../../../sandbox/page/server/stage.ts";
import { foretell } from "../../../../sandbox/page/server/timeline/foretell.ts";
import type { TokenVerb } from "../../../../sandbox/page/protocol/world-view.ts";
import { escalationOf } from "../../../../src/app/escalation.ts";
import { forecastWatch } from "../../../../src/watch/forecast/forecast-watch.ts";
import { asString } from "../../../../sandbox/slack/json.ts";

const DAY_MS = 86_400_000;

type Told = readonly [at: string, kind: string];

const openedStage = async (): Promise<Stage> => {
  const stage = await openStage(1, { deployment: "each_kind" });
  onTestFinished(stage.close);
  return stage;
};

/** The timeline's current forecast for each watch. */
const foretoldNow = async (stage: Stage, until: Date): Promise<ReadonlyMap<string, readonly Told[]>> => {
  const { world, desk, ticks, journal } = stage;
  const records = await journal.store.list();
  const foretold = world.config.watches.map(async (watch) => {
    const record = records.find(({ name }) => name === watch.name);
    const messages = await foretell({ world, desk, ticks, watch, record, until });
    return [
      watch.name,
      messages.map(({ at, kind, reason }): Told => [at.toISOString(), reason === "reminder" ? reason : kind]),
    ] as const;
  });
  return new Map(await Promise.all(foretold));
};

/** The forecast of `round --forecast`, which knows only the store and the configuration. */
const fromTheStore = async ({ world, journal }: Stage, until: Date): Promise<ReadonlyMap<string, readonly Told[]>> => {
  const { config, clock } = world;
  const records = await journal.store.list();
  const rules = { ...config, metaApp: config.app, escalation: escalationOf(config), quiet: config.alerts.quiet };
  return new Map(
    config.watches.map((watch) => {
      const record = records.find(({ name }) => name === watch.name);
      const { messages } = forecastWatch(watch, record, rules, { from: clock.now(), until });
      return [
        watch.name,
        messages.map(({ at, kind, reason }): Told => [at.toISOString(), reason === "reminder" ? reason : kind]),
      ];
    }),
  );
};

/** Messages that Slack has received about a watch since then, without the digest, which covers all watches. */
const toldSince = ({ world }: Stage, watch: string, from: Date): readonly Told[] => {
  const oncall = world.slack.channelId("oncall");
  return world.slack
    .calls("chat.postMessage")
    .filter(({ at, args }) => at > from && (asString(args["text"]) ?? "").includes(watch))
    .filter(({ args }) => !(asString(args["text"]) ?? "").includes("Digest of"))
    .map(({ at, args }): Told => {
      if (args["channel"] === oncall) return [at.toISOString(), "escalation"];
      // A single reminder is a reply; several are one message.
      if ((asString(args["text"]) ?? "").includes("Still not fixed")) return [at.toISOString(), "reminder"];
      return [at.toISOString(), args["thread_ts"] === undefined ? "post" : "reply"];
    });
};

const inOrder = (told: readonly Told[]): readonly string[] => told.map((one) => one.join(" ")).toSorted();

const expectAllAsForetold = async (stage: Stage, days: number): Promise<void> => {
  const from = stage.world.clock.now();
  const until = new Date(from.getTime() + days * DAY_MS);
  const foretold = await foretoldNow(stage, until);
  await stage.machine.goTo(until);
  for (const { name } of WATCH_PLANS)
    expect([name, inOrder(toldSince(stage, name, from))]).toEqual([name, inOrder(foretold.get(name) ?? [])]);
};

describe("the forecast matches the messages that the bot later sends", () => {
  it("for a token of each kind that nobody changes", { timeout: 300_000 }, async () => {
    const stage = await openedStage();
    // Reminders come every few hours, then daily, and from the 14th day weekly: the first weekly one is the 21st day's.
    // The end lies between two ticks that have something to send.
    const until = new Date(stage.world.clock.now().getTime() + 22.6 * DAY_MS);
    expect(await fromTheStore(stage, until)).toEqual(await foretoldNow(stage, until));
    await expectAllAsForetold(stage, 22.6);
    // The clock stopped at every tick, so the bot reported no absence.
    const posts = stage.world.slack.calls("chat.postMessage");
    expect(posts.filter(({ args }) => JSON.stringify(args).includes("was not running"))).toEqual([]);
  });

  it("after actions on the tokens", { timeout: 120_000 }, async () => {
    const stage = await openedStage();
    const done: readonly (readonly [string, TokenVerb])[] = [
      ["orders-prod", "revoke"],
      ["support-prod", "rotate"],
      ["shop-staging", "expire"],
      ["newsletter", "block_sending"],
      ["partner-bot", "rotate"],
    ];
    for (const [watch, verb] of done) stage.desk.act(watch, verb);
    // Three days before its expiry is a Saturday, when warnings wait until Monday.
    const endsOnTuesday = stage.world.graph.issueToken({
      label: "ends-on-tuesday",
      issuedAt: new Date("2026-10-02T13:55:00Z"),
      expiresAt: new Date("2026-12-01T13:55:00Z"),
    });
    stage.desk.deploy("bookings", endsOnTuesday);
    await expectAllAsForetold(stage, 8);
    expect(stage.world.slack.rejections()).toEqual([]);
  });
});
