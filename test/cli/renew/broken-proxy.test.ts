import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createClock } from "../../../sandbox/clock.ts";
import type { CannedAnswer } from "../../../sandbox/graph/faults/canned.ts";
import { openGraph } from "../../../sandbox/graph/graph.ts";
import { demoIds, seedDemoTokens } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import { leaksIn, withDerived } from "../../flows/people/leaks.ts";
import { NOW } from "../../support/builders.ts";
import { cli } from "../memory-io.ts";

const APP = { META_APP_ID: "100000000000042", META_APP_SECRET: "5a7e3c90b2d8146f" };

const html = { "content-type": "text/html" };

it.each<[string, (token: string) => CannedAnswer]>([
  ["asks for a password", (token) => ({ status: 407, headers: html, body: `<html>${token}</html>` })],
  ["blocks the address", (token) => ({ status: 403, headers: html, body: `<html>${token}</html>` })],
  ["shows a login page", () => ({ status: 200, headers: html, body: "<html>Log in</html>" })],
  ["cuts the answer", (token) => ({ status: 200, body: `{"access_token":"${token.slice(0, 60)}` })],
  ["redirects", (token) => ({ status: 302, headers: { location: `http://127.0.0.1:9/?t=${token}` }, body: "" })],
])("a proxy that %s in the exchange leaves the old token, and no token is printed", async (_, answer) => {
  const folder = mkdtempSync(join(tmpdir(), "wa-token-proxy-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const clock = createClock(NOW);
  const graph = await openGraph({ clock, appId: APP.META_APP_ID, appSecret: APP.META_APP_SECRET });
  onTestFinished(graph.close);
  const old = seedDemoTokens(graph).sixtyDay;
  writeFileSync(join(folder, "token"), old, { mode: 0o600 });
  graph.answerWith(/oauth\/access_token/, answer(old));
  const done = await cli(["renew", "--watch", "default"], {
    now: clock.now,
    wait: async (ms) => clock.advance(ms),
    env: {
      GRAPH_API_URL: graph.url,
      DATABASE_URL: `sqlite:${join(folder, "bot.db")}`,
      WHATSAPP_TOKEN_SOURCE: `file:${join(folder, "token")}`,
      RENEW_WRITE: "source",
      WHATSAPP_PHONE_NUMBER_ID: demoIds.phone,
      WHATSAPP_BUSINESS_ACCOUNT_ID: demoIds.account,
      ...APP,
    },
  });
  expect([1, 3]).toContain(done.code);
  expect(readFileSync(join(folder, "token"), "utf8")).toBe(old);
  expect(readdirSync(folder).filter((name) => !name.startsWith("bot.db"))).toEqual(["token"]);
  expect(graph.calls(/oauth\/access_token/)).toHaveLength(1);
  const database = readFileSync(join(folder, "bot.db"), "latin1");
  const places = { output: done.out + done.err, database };
  expect(leaksIn(withDerived(old, APP.META_APP_SECRET), places)).toEqual([]);
});
