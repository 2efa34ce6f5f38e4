import { expect, it } from "vitest";
import { cli } from "../../cli/memory-io.ts";
import { acked, aFlow, ask, askOps, MINUTE, wordsOf } from "../flow.ts";
import { theAlert, watching } from "../watched.ts";

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

it("near the limit of an account, rounds use earlier reads, but people and problems get new ones", async () => {
  const flow = await watching("sixtyDay");
  const { robin, clock, bot, graph } = flow;
  const ids = [...graph.state.phones.keys(), ...graph.state.accounts.keys()].map((id) => `/${id}`);
  for (const path of ids)
    graph.faults.add({ kind: "near_limit", percent: 100, waitMinutes: 50, path, times: Infinity });
  /** The calls about the token and about its IDs. */
  const callsOf = async (work: () => Promise<unknown>) => {
    graph.forgetCalls();
    await work();
    const edges = graph.calls().map(({ edge }) => edge);
    return [edges.filter((edge) => edge === "/debug_token").length, edges.filter((edge) => ids.includes(edge)).length];
  };
  const nextRound = () =>
    callsOf(() => {
      clock.advance(17 * MINUTE);
      return bot.app.round("all");
    });
  const checkNow = async () => {
    const before = robin.ephemerals().length;
    expect(await robin.click({ text: "Check now" }, { in: theAlert(flow) })).toEqual(acked);
    await flow.slack.waitFor(() => robin.ephemerals().length === before + 2);
  };
  expect(await nextRound()).toEqual([1, 2]);
  expect(await nextRound()).toEqual([1, 0]);
  expect(await nextRound()).toEqual([1, 0]);
  expect(wordsOf([(await ask(flow, robin, "status orders-prod")).blocks])).toMatch(
    /WhatsApp account\* .*reached.*, last read /,
  );
  expect(await nextRound()).toEqual([1, 2]);
  expect(await nextRound()).toEqual([1, 0]);
  clock.advance(2 * MINUTE);
  expect(await callsOf(checkNow)).toEqual([1, 2]);

  // The next turn finds what was lost in between. It is asked again.
  for (const id of graph.state.accounts.keys()) graph.unassign(id);
  expect(await nextRound()).toEqual([1, 0]);
  expect(await nextRound()).toEqual([1, 0]);
  expect(theAlert(flow).text).toContain("token expiring");
  expect(await nextRound()).toEqual([2, 4]);
  await flow.slack.waitFor(() => theAlert(flow).text.includes("not reachable"));
  expect(await nextRound()).toEqual([1, 2]);
});
