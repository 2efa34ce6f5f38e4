import { describe, expect, it } from "vitest";
import { acked, aWorld, headerOf, leakResult, MODES, withPeople, wordsOf } from "../flow.ts";
import { leaksIn, saidToSlack } from "./leaks.ts";

describe.each(MODES)("a token that somebody posted, over %s", (mode) => {
  it("is found, checked and traced to its watch, for the person alone", async () => {
    const world = await aWorld({
      mode,
      watchlist: (source) => `watches: [{ name: orders, source: "${source("orders")}" }]`,
    });
    const token = world.tokens.never;
    world.tokenFile("orders").write(token);
    const flow = withPeople(world, await world.startBot());
    const { robin, guest, sam, slack, graph } = flow;

    const seen = await leakResult(flow, robin, { text: `the token is \`${token}\`, use it` });
    expect(headerOf(seen.blocks)).toBe("🔴 This token is alive");
    expect(wordsOf(seen.blocks)).toContain("Deployed in *orders*");
    expect(wordsOf(seen.blocks)).toContain(token.slice(-8));
    expect(sam.modal()).toBeUndefined();
    expect(robin.ephemerals()).toEqual([]);

    await robin.closeModal({ all: true });
    graph.revoke(token);
    const dead = await leakResult(flow, robin, { text: token });
    expect(headerOf(dead.blocks)).toBe("⛔ This token does not work");

    const calls = graph.calls().length;
    expect(await guest.runShortcut({ callbackId: "leak.check", message: { text: token } })).toEqual(acked);
    await slack.waitFor(() => guest.ephemerals()[0]);
    expect(guest.modal()).toBeUndefined();
    expect(graph.calls()).toHaveLength(calls);

    const log = flow.bot.logLines().join("");
    expect(leaksIn({ token }, { log, "what was said to Slack": saidToSlack(slack) })).toEqual([]);
  });
});
