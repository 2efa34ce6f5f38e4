import { describe, expect, it } from "vitest";
import { createClock } from "../../../sandbox/clock.ts";
import { createTimestamps } from "../../../sandbox/slack/timestamps.ts";
import { DEFAULT_SCOPES } from "../../../sandbox/slack/options.ts";
import { clientOf, openWorkspace } from "./open-workspace.ts";

const START = new Date("2026-11-22T08:00:00Z");
const DAY_MS = 86_400_000;
const secondsOf = (ts: string | undefined): number => Math.floor(Number(ts));

describe("timestamps", () => {
  it("count the clock's seconds, and each is later than the previous one", () => {
    const clock = createClock(START);
    const { next } = createTimestamps(clock);
    const first = [next(), next()];
    clock.advance(DAY_MS);
    const later = next();
    clock.set(START);
    const all = [...first, later, next()];
    expect(first[0]).toBe("1795334400.000000");
    expect(secondsOf(later)).toBe((START.getTime() + DAY_MS) / 1000);
    expect(all.toSorted()).toEqual(all);
    expect(new Set(all).size).toBe(4);
  });

  it("are translated only where they identify a message", () => {
    const { inward, outward } = createTimestamps(createClock(START));
    const answer = {
      ts: "1000000000.000007",
      message: { ts: "1000000000.000007", edited: { ts: "1000000000.000008" }, blocks: [{ ts: "1000000000.000007" }] },
      text: "1000000000.000007",
      permalink: "http://slack/archives/C1/p1000000000000008?thread_ts=1000000000.000007&cid=C1",
    };
    const seen = outward(answer);
    expect(seen).toEqual({
      ts: "1795334400.000000",
      message: { ts: "1795334400.000000", edited: { ts: "1795334400.000001" }, blocks: answer.message.blocks },
      text: "1000000000.000007",
      permalink: "http://slack/archives/C1/p1795334400000001?thread_ts=1795334400.000000&cid=C1",
    });
    expect(inward({ ts: seen["ts"], thread_ts: "1.1", text: seen["ts"] })).toEqual({
      ts: "1000000000.000007",
      thread_ts: "1.1",
      text: seen["ts"],
    });
  });

  it("follow the sandbox's clock for every message, and can be used to edit it", async () => {
    const clock = createClock(START);
    const scopes = [...DEFAULT_SCOPES, "channels:history"];
    const workspace = await openWorkspace({ clock, scopes });
    const { chat, conversations } = clientOf(workspace);
    const channel = workspace.channelId("wa-alerts");
    const robin = workspace.person("robin");
    const { ts = "" } = await chat.postMessage({ channel, text: "first" });
    clock.advance(DAY_MS);
    const reply = await chat.postMessage({ channel, thread_ts: ts, text: "reply" });
    await chat.postEphemeral({ channel, user: robin.id, text: "for you" });
    expect((await chat.update({ channel, ts, text: "changed" })).ts).toBe(ts);

    expect(secondsOf(ts)).toBe(START.getTime() / 1000);
    expect(secondsOf(reply.ts)).toBe((START.getTime() + DAY_MS) / 1000);
    expect(robin.thread(channel, ts)).toMatchObject([
      { ts, text: "changed", edits: 1 },
      { ts: reply.ts, threadTs: ts },
    ]);
    expect(secondsOf(robin.ephemerals()[0]?.ts)).toBe(secondsOf(reply.ts));
    expect((await conversations.history({ channel })).messages).toContainEqual(expect.objectContaining({ ts }));
    expect((await chat.getPermalink({ channel, message_ts: ts })).permalink).toContain(`/p${ts.replace(".", "")}`);
    expect(await chat.delete({ channel, ts })).toMatchObject({ ok: true, ts });
    await expect(chat.update({ channel, ts: "1795334400.000099", text: "x" })).rejects.toThrow("message_not_found");
  });
});
