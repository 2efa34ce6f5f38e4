import { expect, it } from "vitest";
import { cli } from "../../cli/memory-io.ts";
import { aFlow, ask, askOps, wordsOf } from "../flow.ts";

const MINUTE = 60_000;

it("status, the Home, metrics and doctor say that Meta limits the app, until it answers again", async () => {
  const flow = await aFlow();
  const { robin, clock, bot, graph } = flow;
  const told = async () => {
    await robin.homeOpened();
    return {
      status: wordsOf([(await ask(flow, robin, "status")).blocks]),
      metrics: (await askOps(flow, "/metrics")).body,
      doctor: (await cli(["doctor"], { env: flow.env, cwd: flow.dataDir, now: clock.now })).out,
    };
  };
  const before = await told();
  expect(before.status).not.toContain("Meta's limit");
  expect(before.doctor).not.toContain("Limit of Meta app");

  graph.faults.add({ kind: "rate_limited", times: Infinity });
  clock.advance(15 * MINUTE);
  await bot.app.round("all");
  graph.faults.clear();
  const limited = await told();
  expect(limited.status).toMatch(
    /\*Meta's limit\* for the app `\d+` is reached\. The bot does not check its token until /,
  );
  expect(limited.metrics).toMatch(/wa_token_graph_pace\{app="\d+",pace="paused"\} 1/);
  expect(limited.doctor).toMatch(
    /WARNING +Limit of Meta app \d+: The limit is reached\. The bot does not check its token until /,
  );
  await flow.slack.waitFor(() => wordsOf([robin.home()?.blocks]).includes("Meta's limit"));

  clock.advance(20 * MINUTE);
  await bot.app.round("all");
  const after = await told();
  expect(after.status).not.toContain("Meta's limit");
  expect(after.metrics).not.toContain('pace="paused"} 1');
});
