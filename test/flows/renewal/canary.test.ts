import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { RENEWAL } from "../../../src/slack/messages/renewal/ids.ts";
import { acked, aFlow, askOps, DAY, type Flow, MINUTE } from "../flow.ts";
import { bytesBelow, leaksIn, saidToSlack, withDerived } from "../people/leaks.ts";

const NAME = "deployed";
const APP_SECRET = "e90b6c2d7f1834a5";

/** A watch that is refreshed without a person in its next round. */
const aRefresh = async (save: "file" | "command"): Promise<{ readonly flow: Flow; readonly old: string }> => {
  const dataDir = mkdtempSync(join(tmpdir(), "wa-token-canary-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const sink = join(dataDir, "sink");
  const path = join(dataDir, "tokens", NAME);
  writeFileSync(sink, `#!/bin/sh\nt=$(cat)\necho "$t"\necho "$t" >&2\nprintf %s "$t" > ${path}\n`);
  chmodSync(sink, 0o700);
  const flow = await aFlow(
    {
      dataDir,
      appSecret: APP_SECRET,
      apps: [NAME],
      env: (slack, apps) => ({
        RENEW_WRITE: save === "file" ? "source" : `exec:["${sink}"]`,
        RENEW_BEFORE: "20d",
        RENEW_PROOF: apps(NAME).proofUrl,
        ADMIN_USERS: slack.person("robin").id,
        CHECK_INTERVAL: "1m",
      }),
    },
    { untilCaughtUp: true },
  );
  const nowMs = flow.clock.now().getTime();
  const old = flow.graph.issueToken({
    label: "canary",
    issuedAt: new Date(nowMs - 47 * DAY),
    expiresAt: new Date(nowMs + 13 * DAY),
  });
  flow.tokenFile(NAME).write(old);
  return { flow, old };
};

const round = async ({ clock, bot }: Flow): Promise<void> => {
  clock.advance(MINUTE);
  await bot.app.round("all");
};

const held = ({ tokenFile }: Flow): string => readFileSync(tokenFile(NAME).path, "utf8").trim();

/** Where any of the tokens is seen: database, log, metrics and Slack. */
const leaks = async (flow: Flow, tokens: readonly string[]): Promise<readonly string[]> => {
  const places = {
    "the database": bytesBelow(flow.dataDir, ["tokens"]),
    "the log": flow.bot.logLines().join(""),
    "the metrics": (await askOps(flow, "/metrics")).body,
    "what was said to Slack": saidToSlack(flow.slack),
  };
  return tokens.flatMap((token) => leaksIn(withDerived(token, APP_SECRET), places));
};

it("a command that saves the token may print it everywhere: no token is seen", async () => {
  const { flow, old } = await aRefresh("command");
  await round(flow);
  await flow.slack.waitFor(() => held(flow) !== old);
  flow.app(NAME).restart();
  for (let reading = 0; reading < 4; reading++) await round(flow);
  expect((await askOps(flow, "/metrics")).body).toContain("wa_token_renewals_total");
  expect(await leaks(flow, [old, held(flow)])).toEqual([]);
});

it("Meta may repeat the tokens in its refusal to revoke one: no token is seen", async () => {
  const { flow, old } = await aRefresh("file");
  const { graph, robin, slack } = flow;
  await round(flow);
  await slack.waitFor(() => held(flow) !== old);
  const fresh = held(flow);
  flow.app(NAME).restart();
  for (let reading = 0; reading < 4; reading++) await round(flow);
  const message = await slack.waitFor(() =>
    robin.channelMessages("wa-alerts").findLast((seen) => JSON.stringify(seen).includes(RENEWAL.end_old)),
  );
  const text = `Cannot revoke ${old} with ${fresh} of 100000000000042|${APP_SECRET}`;
  const forget = graph.answerWith(/oauth\/revoke/, {
    status: 400,
    body: { error: { code: 1, message: text, fbtrace_id: fresh } },
  });
  const calls = graph.calls(/oauth\/revoke/).length;
  expect(await robin.click({ actionId: RENEWAL.end_old }, { in: message })).toEqual(acked);
  await slack.waitFor(() => graph.calls(/oauth\/revoke/).length > calls && /Meta/.test(saidToSlack(slack)));
  forget();
  await round(flow);
  expect([graph.state.tokens.get(old)?.standing.kind, held(flow)]).toEqual(["alive", fresh]);
  expect(await leaks(flow, [old, fresh])).toEqual([]);
});
