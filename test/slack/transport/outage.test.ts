import { expect, it } from "vitest";
import { createOutage } from "../../../src/slack/transport/outage.ts";
import { after, NOW } from "../../support/builders.ts";
import { keepLog } from "../../support/keep-log.ts";

it("is reported again when the clock was set back, without a duration that nobody knows", () => {
  const { log, lines } = keepLog();
  let now = NOW;
  const outage = createOutage("Slack socket", { now: () => now, log });
  outage.failed("no answer", 1);
  now = after(-86_400_000);
  outage.failed("no answer", 2);
  now = after(-86_400_000 + 1_000);
  outage.failed("no answer", 3);
  outage.over(3);
  expect(lines.map(({ level, msg, downSeconds }) => [level, msg, downSeconds])).toEqual([
    [40, "Slack socket is down; retrying", 0],
    [40, "Slack socket is still down", undefined],
    [20, "Slack socket is still down", undefined],
    [30, "Slack socket is up", undefined],
  ]);
});
