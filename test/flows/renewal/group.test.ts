import { expect, it } from "vitest";
import { demoIds } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import { ALERT } from "../../../src/slack/messages/alert/ids.ts";
import { RENEWAL } from "../../../src/slack/messages/renewal/ids.ts";
import { acked, aFlow, DAY, wordsOf } from "../flow.ts";

const NAMES = ["bookings", "crm", "newsletter", "orders", "support"];

it("a group of dying tokens has a menu, and the chosen watch is renewed", async () => {
  const flow = await aFlow({
    watchlist: (source) =>
      `watches:\n${NAMES.map(
        (name) =>
          `  - { name: ${name}, source: "${source(name)}", phoneNumberId: "${demoIds.phone}", renew: { write: source } }\n`,
      ).join("")}`,
    env: (slack) => ({ ADMIN_USERS: slack.person("robin").id, CHECK_INTERVAL: "1m" }),
  });
  const { robin, sam, slack, graph, clock, bot } = flow;
  const at = (days: number): Date => new Date(clock.now().getTime() + days * DAY);
  for (const name of NAMES)
    flow.tokenFile(name).write(graph.issueToken({ label: name, issuedAt: at(-55), expiresAt: at(5) }));
  clock.advance(60_000);
  await bot.app.round("all");
  const group = await slack.waitFor(() =>
    robin.channelMessages("wa-alerts").find((message) => JSON.stringify(message).includes(ALERT.check)),
  );
  expect(wordsOf([group.text, group.blocks])).toMatch(/5 tokens/);

  expect(await sam.select({ actionId: RENEWAL.renew }, "crm", { in: group })).toEqual(acked);
  await slack.waitFor(() => sam.ephemerals().some((message) => /admin/i.test(message.text)));

  expect(await robin.select({ actionId: RENEWAL.renew }, "crm", { in: group })).toEqual(acked);
  await slack.waitFor(() => robin.modal()?.callbackId === "renewal.start.form");
  await robin.select({ actionId: "renewal.way" }, "refresh");
  expect(await robin.submit()).toMatchObject({ kind: "acked" });
  await slack.waitFor(() =>
    robin.channelMessages("wa-alerts").some((message) => JSON.stringify(message).includes(RENEWAL.confirm_in_use)),
  );
  expect(graph.state.tokens.size).toBeGreaterThan(NAMES.length);
});
