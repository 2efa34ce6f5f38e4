import { rmSync } from "node:fs";
import { expect, it } from "vitest";
import { demoIds } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import type { SeenMessage } from "../../../sandbox/slack/messages.ts";
import { ALERT } from "../../../src/slack/messages/alert/ids.ts";
import { RENEWAL } from "../../../src/slack/messages/renewal/ids.ts";
import { acked, aFlow, DAY, MINUTE, wordsOf } from "../flow.ts";

it("an old token is not ended while a watch whose source cannot be read had it last", async () => {
  const flow = await aFlow({
    watchlist: (source) => `watches:
  - { name: orders, source: "${source("orders")}", phoneNumberId: "${demoIds.phone}", renew: { write: source } }
  - { name: crm, source: "${source("crm")}" }`,
    env: (slack) => ({ ADMIN_USERS: slack.person("robin").id, CHECK_INTERVAL: "1m" }),
  });
  const { robin, slack, graph, clock, bot } = flow;
  const old = graph.issueToken({
    label: "shared",
    issuedAt: new Date(clock.now().getTime() - 55 * DAY),
    expiresAt: new Date(clock.now().getTime() + 5 * DAY),
  });
  for (const name of ["orders", "crm"]) flow.tokenFile(name).write(old);
  const later = async (): Promise<void> => {
    clock.advance(MINUTE);
    await bot.app.round("all");
  };
  const messageWith = (actionId: string, text: RegExp): Promise<SeenMessage> =>
    slack.waitFor(() =>
      robin
        .channelMessages("wa-alerts")
        .findLast(
          (seen) =>
            JSON.stringify(seen).includes(actionId) && text.test(wordsOf([seen.text, seen.blocks, seen.attachments])),
        ),
    );
  await later();
  const alert = await messageWith(ALERT.check, /orders/);
  expect(await robin.click({ actionId: RENEWAL.renew }, { in: alert })).toEqual(acked);
  await slack.waitFor(() => robin.modal()?.callbackId === "renewal.start.form");
  await robin.select({ actionId: "renewal.way" }, "refresh");
  expect(await robin.submit()).toMatchObject({ kind: "acked" });
  const saved = await messageWith(RENEWAL.confirm_in_use, /orders/);

  rmSync(flow.tokenFile("crm").path);
  await later();
  expect(await robin.click({ actionId: RENEWAL.confirm_in_use }, { in: saved })).toEqual(acked);
  const proven = await messageWith(RENEWAL.end_old, /orders/);
  expect(await robin.click({ actionId: RENEWAL.end_old }, { in: proven })).toEqual(acked);
  await messageWith(RENEWAL.end_old, /\*crm\* still uses the old token/);
  expect(graph.state.tokens.get(old)?.standing.kind).toBe("alive");
});
