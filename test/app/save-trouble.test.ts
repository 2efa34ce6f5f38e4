import { expect, it } from "vitest";
import { createSaveTrouble, saveTroubleChannels } from "../../src/app/save-trouble.ts";
import type { SaveNotice } from "../../src/slack/messages/notice/cannot-save.ts";
import { StoreError, type StoreErrorCode } from "../../src/store/store-error.ts";
import type { DeliveryResult } from "../../src/outbox/notifier.ts";
import { after, NOW } from "../support/builders.ts";
import { keepLog } from "../support/keep-log.ts";

const HOUR = 3_600_000;
const WORDS = "The database /data/wa-token.db has no disk space left.";

const setUp = (refusing: readonly string[] = [], channels: readonly string[] = ["C1", "C2"]) => {
  let now = NOW;
  let code: StoreErrorCode | undefined;
  const said: string[] = [];
  const { log, lines } = keepLog();
  const took = (channel: string): DeliveryResult =>
    refusing.includes(channel)
      ? { ok: false, failure: { kind: "refused", error: "not_in_channel" } }
      : { ok: true, ref: { channel, ts: `${said.length}.0` } };
  const say = (what: string, channel: string): Promise<DeliveryResult> => {
    said.push(`${what} ${channel}`);
    return Promise.resolve(took(channel));
  };
  const notice: SaveNotice = {
    post: (channel) => say("post", channel),
    edit: ({ channel, ts }) => say(`edit ${ts}`, channel),
    end: ({ channel, ts }) => say(`end ${ts}`, channel),
  };
  const check = createSaveTrouble({
    store: {
      ping: async () => {
        if (code !== undefined) throw new StoreError(code, WORDS);
      },
    },
    notice,
    channels,
    now: () => now,
    log,
  });
  return {
    said,
    logged: () => lines.map(({ msg }) => msg),
    at: async (ms: number, next: StoreErrorCode | undefined) => {
      now = after(ms);
      code = next;
      await check();
    },
  };
};

it.each(["full", "read_only", "io", "cannot_open"] as const)(
  "posts once an hour while the store rejects writes: %s",
  async (code) => {
    const { said, at } = setUp();
    for (const ms of [0, 5_000, 30_000, HOUR - 1]) await at(ms, code);
    expect(said).toEqual(["post C1"]);
    await at(HOUR, code);
    expect(said).toEqual(["post C1", "post C1"]);
  },
);

it.each(["unreachable", "busy", "corrupt", "moved"] as const)("says nothing when the store is %s", async (code) => {
  const { said, at } = setUp();
  await at(0, code);
  expect(said).toEqual([]);
});

it("edits the message when saving works again, and uses it again for a problem within the hour", async () => {
  const { said, at } = setUp();
  await at(0, "full");
  await at(5_000, undefined);
  await at(10_000, undefined);
  await at(15_000, "io");
  await at(20_000, "io");
  expect(said).toEqual(["post C1", "end 1.0 C1", "edit 1.0 C1"]);
});

it.each(["unreachable", "busy", "moved"] as const)(
  "keeps the outage open while the store is %s, and ends it when saving works again",
  async (code) => {
    const { said, logged, at } = setUp();
    await at(0, "full");
    await at(5_000, code);
    expect(said).toEqual(["post C1"]);
    expect(logged()).toEqual(["the store rejects writes"]);
    await at(10_000, "full");
    expect(said).toEqual(["post C1"]);
    await at(15_000, undefined);
    expect(said).toEqual(["post C1", "end 1.0 C1"]);
    expect(logged()).toEqual(["the store rejects writes", "the store accepts writes again"]);
  },
);

it("uses the next channel when one refuses, and tries again after a minute when all refuse", async () => {
  const one = setUp(["C1"]);
  await one.at(0, "full");
  expect(one.said).toEqual(["post C1", "post C2"]);
  const none = setUp(["C1", "C2"]);
  for (const ms of [0, 5_000, 59_000, 60_000]) await none.at(ms, "full");
  expect(none.said).toEqual(["post C1", "post C2", "post C1", "post C2"]);
});

it("posts at once when the clock was set back, whether the last post was accepted or not", async () => {
  const accepted = setUp();
  await accepted.at(0, "full");
  await accepted.at(-24 * HOUR, "full");
  expect(accepted.said).toEqual(["post C1", "post C1"]);

  const refused = setUp(["C1"], ["C1"]);
  await refused.at(0, "full");
  await refused.at(-24 * HOUR, "full");
  await refused.at(-24 * HOUR + 1_000, "full");
  expect(refused.said).toEqual(["post C1", "post C1"]);
});

it.each([
  ["the default alert channel, then the fallback", "C1", "C2", ["C1", "C2", "C3"]],
  ["the fallback without a default", undefined, "C2", ["C2", "C3", "C4"]],
  ["the channels of a watch and a fleet without both", undefined, undefined, ["C3", "C4"]],
])("posts to %s", (_, channel, fallbackChannel, expected) => {
  const channels = saveTroubleChannels({
    defaults: { channel },
    alerts: { fallbackChannel },
    watches: [{ channel: "C3" }, { channel: "C3" }],
    fleets: [{ shared: { channel: "C4" } }],
  });
  expect(channels).toEqual(expected);
});
