import { describe, expect, it } from "vitest";
import { acked, alertsSeen, ask, askOps, DAY, type Flow, HOUR, wordsOf } from "../flow.ts";
import { later, repliesTo, theAlert, watching } from "../watched.ts";

/** Sunday 22 November 2026, 22:00 UTC. */
const NIGHT = new Date("2026-11-22T22:00:00Z");
const HOURS = { QUIET_HOURS: "21:00-07:00" };

/** A warning found in the night. */
const heldFlow = async (env: Readonly<Record<string, string>> = HOURS): Promise<Flow> => {
  const flow = await watching("never", { start: NIGHT, env });
  flow.tokenFile("orders").write(flow.tokens.sixtyDay);
  await later(flow, HOUR);
  return flow;
};

describe("quiet hours", () => {
  it("delay a warning until they end; status, Home and metrics say so", async () => {
    const flow = await heldFlow();
    const { robin, slack } = flow;
    expect(alertsSeen(flow)).toEqual([]);
    const until = "Quiet hours hold the alert back until 23 Nov 2026, 07:00 UTC";
    for (const command of ["status", "status orders-prod"])
      expect((await ask(flow, robin, command)).text).toContain(until);
    await robin.homeOpened();
    const home = await slack.waitFor(() => robin.home());
    expect(wordsOf(home.blocks)).toMatch(
      /Quiet hours\* until .*23 Nov 2026, 07:00 UTC>\. They hold back the alerts of \*orders/,
    );
    const metrics = (await askOps(flow, "/metrics")).body;
    expect(metrics).toMatch(/^wa_token_alerts_held 1$/m);
    expect(metrics).toMatch(/^wa_token_alerts_undelivered 0$/m);
    expect((await askOps(flow, "/readyz")).status).toBe(200);

    await later(flow, 7 * HOUR + 59 * 60_000);
    expect(alertsSeen(flow)).toEqual([]);
    await later(flow, 60_000);
    expect(theAlert(flow).text).toMatch(/^🟠 \*orders-prod: token expiring\*/);
    expect(repliesTo(flow, theAlert(flow))).toEqual([]);
    expect((await ask(flow, robin, "status")).text).not.toContain("hold the alert back");
    await slack.waitFor(() => !wordsOf(robin.home()?.blocks).includes("Quiet hours"));
    expect(slack.rejections()).toEqual([]);
  });

  it("do not delay critical alerts, also when a delayed warning becomes critical", async () => {
    const flow = await heldFlow();
    flow.graph.revoke(flow.tokens.sixtyDay);
    await later(flow, HOUR);
    expect(theAlert(flow).text).toMatch(new RegExp(`^🔴 \\*orders-prod: token revoked\\*\n.* <@${flow.sam.id}>\n`));
    await later(flow, 4 * HOUR + 60_000);
    await later(flow, 60_000);
    expect(repliesTo(flow, theAlert(flow))).toMatchObject([{ broadcast: true }]);
  });

  it("report in one message the problems that came and went meanwhile", async () => {
    const flow = await heldFlow();
    flow.tokenFile("orders").write(flow.tokens.never);
    await later(flow, HOUR);
    await later(flow, 8 * HOUR);
    expect(theAlert(flow).text).toMatch(
      /^✅ \*orders-prod: fixed\*\n[^]*Open from .*22 Nov 2026, 23:00.* to .*23 Nov 2026/,
    );
    expect(repliesTo(flow, theAlert(flow))).toEqual([]);
  });

  it("delay minor changes of an earlier alert until the morning", async () => {
    const flow = await watching("sixtyDay", { start: new Date("2026-11-22T20:30:00Z"), env: HOURS });
    const alert = theAlert(flow);
    flow.tokenFile("orders").write(flow.tokens.never);
    await later(flow, HOUR);
    expect(theAlert(flow)).toMatchObject({ edits: 0 });
    await later(flow, 10 * HOUR);
    expect(theAlert(flow)).toMatchObject({ ts: alert.ts, text: expect.stringMatching(/^✅ \*orders-prod: fixed\*/) });
    expect(repliesTo(flow, alert)).toHaveLength(1);
  });

  it("do not delay a person's action", async () => {
    const flow = await watching("sixtyDay", { start: new Date("2026-11-22T20:30:00Z"), env: HOURS });
    const { robin, slack, clock } = flow;
    clock.advance(3 * HOUR);
    expect(await robin.click({ text: "Acknowledge" }, { in: theAlert(flow) })).toEqual(acked);
    await slack.waitFor(() => theAlert(flow).text.includes(`Taken by <@${robin.id}>`));
    await slack.waitFor(() => repliesTo(flow, theAlert(flow)).some(({ text }) => text.startsWith("Taken by")));
  });
});

describe("quiet days", () => {
  it("last from midnight to midnight in TIMEZONE", async () => {
    // Sunday 00:30 in Berlin is still Saturday by UTC.
    const start = new Date("2026-11-21T23:30:00Z");
    const flow = await watching("sixtyDay", { start, env: { QUIET_DAYS: "sun", TIMEZONE: "Europe/Berlin" } });
    expect(alertsSeen(flow)).toEqual([]);
    expect((await ask(flow, flow.robin, "status")).text).toMatch(/until 23 Nov 2026, 00:00 (CET|GMT\+1)/);
    await later(flow, DAY - 31 * 60_000);
    expect(alertsSeen(flow)).toEqual([]);
    await later(flow, 2 * 60_000);
    expect(theAlert(flow).text).toContain("*orders-prod: token expiring*");
  });
});
