import { describe, expect, it } from "vitest";
import { fakeToken } from "../../../sandbox/fake-token.ts";
import { aFlow, aWorld, acked, ask, headerOf, MODES, withPeople, wordsOf } from "../flow.ts";

const threeWatches = (source: (name: string) => string): string => `watches:
  - { name: fine, source: "${source("fine")}" }
  - { name: ending, source: "${source("ending")}" }
  - { name: missing, source: "${source("missing")}", consumers: [checkout], owner: U0OWNER }`;

const withThree = async (mode: (typeof MODES)[number]) => {
  const world = await aWorld({ mode, watchlist: threeWatches });
  world.tokenFile("fine").write(world.tokens.never);
  world.tokenFile("ending").write(world.tokens.sixtyDay);
  world.tokenFile("missing").write(world.tokens.noMessaging);
  return withPeople(world, await world.startBot());
};

describe.each(MODES)("the other commands over %s", (mode) => {
  it("status lists the watches, worst first, to the asker only", async () => {
    const flow = await withThree(mode);
    const { robin, sam, slack } = flow;
    const answer = await ask(flow, robin, "status");
    const words = wordsOf(answer.blocks);
    expect(words.indexOf("missing")).toBeLessThan(words.indexOf("ending"));
    expect(words.indexOf("ending")).toBeLessThan(words.indexOf("fine"));
    for (const part of ["Degraded", "Expiring", "5 days left", "Healthy", "Never", "(GET /debug_token)", "next check"])
      expect(words).toContain(part);
    expect(answer.onlyFor).toBe(robin.id);
    expect(sam.ephemerals()).toEqual([]);
    expect(slack.rejections()).toEqual([]);
  });

  it("status with a name shows all about one watch and offers to check it", async () => {
    const flow = await withThree(mode);
    const { robin, slack } = flow;
    const answer = await ask(flow, robin, "status missing");
    expect(headerOf(answer.blocks)).toMatch(/^missing · ⚠️ Degraded: /);
    expect(wordsOf(answer.blocks)).toContain("checkout");
    expect(await robin.click({ text: "Check this one" }, { in: answer })).toEqual(acked);
    const form = await slack.waitFor(() => robin.modal());
    expect(JSON.stringify(form.values)).toContain('"missing"');
    expect((await ask(flow, robin, "status nobody")).text).toContain("nobody");
    expect(slack.rejections()).toEqual([]);
  });

  it("status of twenty-five watches shows as many in full as fit and names the rest", async () => {
    const names = Array.from({ length: 25 }, (_, index) => `watch-${index + 1}`);
    const flow = await aFlow({
      mode,
      watchlist: (source) =>
        `watches:\n${names.map((name) => `  - { name: ${name}, source: "${source("deployed")}" }`).join("\n")}`,
    });
    const answer = await ask(flow, flow.robin, "status");
    expect(headerOf(answer.blocks)).toBe("✅ All 25 tokens work");
    const listed = answer.blocks.filter((block) => wordsOf(block).includes("*watch-")).length;
    expect(listed).toBe(20);
    for (const shown of [wordsOf(answer.blocks), answer.text])
      expect(new Set(shown.match(/\bwatch-\d+/g))).toEqual(new Set(names));
    expect((await ask(flow, flow.robin, "status open")).text).toMatch(/^No alert is open/);
    expect(flow.slack.rejections()).toEqual([]);
  });

  it.each(["", "help", "hlep me", "🦄", "مساعدة"])("answers “%s” with help", async (text) => {
    const flow = await aFlow({ mode });
    const answer = await ask(flow, flow.robin, text);
    expect(wordsOf(answer.blocks)).toContain("/wa-token guide");
    expect(wordsOf(answer.blocks)).toContain("/wa-token status");
    expect(answer.onlyFor).toBe(flow.robin.id);
    expect(flow.slack.rejections()).toEqual([]);
  });

  it.each(["", "check ", "guide why does ", "status "])(
    "refuses a token typed after “%s” without repeating it",
    async (before) => {
      const flow = await aFlow({ mode });
      const { robin, slack, graph } = flow;
      const token = fakeToken("typed behind the command");
      graph.forgetCalls();
      const answer = await ask(flow, robin, `${before}${token}`);
      expect(answer.text).toContain("Revoke this token");
      expect(answer.onlyFor).toBe(robin.id);
      expect(JSON.stringify([slack.calls(), flow.bot.logLines()])).not.toContain(token.slice(4, 30));
      expect(graph.calls()).toEqual([]);
      expect(await robin.click({ text: "Check a token" }, { in: answer })).toEqual(acked);
      await slack.waitFor(() => robin.modal()?.callbackId === "check.form");
      expect(slack.rejections()).toEqual([]);
    },
  );
});
