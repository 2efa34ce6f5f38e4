import { readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import type { SeenMessage } from "../../../sandbox/slack/messages.ts";
import { ALERT } from "../../../src/slack/messages/alert/ids.ts";
import { RENEWAL } from "../../../src/slack/messages/renewal/ids.ts";
import { aFlow, alertsSeen, DAY, type Flow, HOUR, MINUTE, wordsOf } from "../flow.ts";
import { roundBeside } from "../running/beside.ts";

const NAME = "deployed";

/** A watch with `before: 20d`. Its 60-day token has this many days left. */
const aWatch = async (daysLeft: number, changed: Readonly<Record<string, string>> = {}): Promise<Flow> => {
  const flow = await aFlow({
    env: (slack) => ({
      RENEW_WRITE: "source",
      RENEW_BEFORE: "20d",
      WARN_AT: "30d,14d,1d",
      ADMIN_USERS: slack.person("robin").id,
      ESCALATE_TO: "",
      DIGEST_SCHEDULE: "",
      ...changed,
    }),
  });
  const now = flow.clock.now().getTime();
  const old = flow.graph.issueToken({
    label: "sixty",
    issuedAt: new Date(now - (60 - daysLeft) * DAY),
    expiresAt: new Date(now + daysLeft * DAY),
  });
  flow.tokenFile(NAME).write(old);
  await later(flow, MINUTE);
  return flow;
};

const later = async ({ clock, bot }: Flow, ms: number): Promise<void> => {
  clock.advance(ms);
  await bot.app.round("all");
};

const saved = ({ tokenFile }: Flow): string => readFileSync(tokenFile(NAME).path, "utf8").trim();

const refreshes = ({ graph }: Flow): number =>
  graph.calls().filter(({ path }) => path.endsWith("/oauth/access_token")).length;

const contentOf = ({ text, blocks, attachments }: SeenMessage): string => `${text}\n${wordsOf([blocks, attachments])}`;

const isAlert = (message: SeenMessage): boolean => JSON.stringify(message).includes(ALERT.check);

const posts = (flow: Flow): readonly SeenMessage[] => alertsSeen(flow).filter(({ threadTs }) => threadTs === undefined);

const alerts = (flow: Flow): readonly SeenMessage[] => posts(flow).filter(isAlert);

const theAlert = (flow: Flow): SeenMessage => {
  const [first, ...more] = alerts(flow);
  if (first === undefined || more.length > 0) throw new Error("there is not one alert");
  return first;
};

const renewals = (flow: Flow): readonly SeenMessage[] =>
  posts(flow).filter((message) => !isAlert(message) && !message.text.includes("Digest of"));

it("a refresh starts by itself, once for two replicas, and the old token lives on", async () => {
  const flow = await aWatch(28, { DIGEST_SCHEDULE: "0 9 * * *" });
  const old = saved(flow);
  // The threshold of 30 days is silent, and 20 days are spread over one day.
  await later(flow, 7.9 * DAY);
  expect([refreshes(flow), alerts(flow), renewals(flow)]).toEqual([0, [], []]);
  flow.clock.advance(1.1 * DAY);
  await Promise.all([roundBeside(flow, "all"), flow.bot.app.round("all"), roundBeside(flow, "all")]);
  const fresh = await flow.slack.waitFor(() => (saved(flow) === old ? undefined : saved(flow)));
  expect(refreshes(flow)).toBe(1);
  await later(flow, MINUTE);

  const [message, ...more] = renewals(flow);
  expect(more).toEqual([]);
  expect(message?.text).toMatch(/^🔄 \*default: new token saved, use not proven\*\nStep 5 of 6/);
  expect(message?.text).toMatch(/Started by the bot, .*, refreshed by Meta\./);
  expect(JSON.stringify(message)).toContain(RENEWAL.confirm_in_use);
  expect(alerts(flow)).toEqual([]);

  // Nobody ends the old token, and no second refresh follows.
  await later(flow, DAY);
  const digest = posts(flow).findLast(({ text }) => text.includes("Digest of"));
  expect(digest?.text).toMatch(/\nRenewed since the last digest: \*default\* \(by itself, expires .*Jan 2027/);
  await later(flow, 8 * DAY);
  expect(refreshes(flow)).toBe(1);
  expect(flow.graph.state.tokens.get(old)?.standing.kind).toBe("alive");
  expect(saved(flow)).toBe(fresh);
  expect(posts(flow).filter(({ text }) => text.includes("Renewed since"))).toHaveLength(1);
  const all = JSON.stringify([flow.slack.calls().map(({ args }) => args), flow.bot.logLines()]);
  for (const token of [old, fresh]) expect(all).not.toContain(token.slice(10, 40));
});

it("a failure warns with the reason and the way on, is tried again after a day, and saves nothing", async () => {
  const flow = await aWatch(20.5);
  const { faults } = flow.graph;
  const old = saved(flow);
  const reasons: readonly [Parameters<typeof faults.add>[0], RegExp][] = [
    [
      { kind: "error", code: 101, path: "/oauth/access_token" },
      /Meta refused the bot's app ID or app secret\. Copy both again from the App Dashboard.*old token is unchanged/,
    ],
    [{ kind: "html", path: "/oauth/access_token" }, /Meta gave no readable answer.*that nobody holds/],
    [{ kind: "refresh", gives: "fewer_permissions" }, /whatsapp_business_messaging/],
  ];
  for (const [index, [fault, reason]] of reasons.entries()) {
    const remove = faults.add(fault);
    await later(flow, DAY);
    // Not again on the same day.
    await later(flow, MINUTE);
    await later(flow, 22 * HOUR);
    remove();
    expect(refreshes(flow)).toBe(index + 1);
    const failed = renewals(flow).at(-1);
    if (failed === undefined) throw new Error("there is no message of the renewal");
    expect(contentOf(failed)).toMatch(reason);
    expect(failed.text).toMatch(/^🟠 \*default: renewal failed\*[^]*\nThe bot tries again after a day\./);
    expect(JSON.stringify(failed)).toContain(RENEWAL.renew);
    expect(saved(flow)).toBe(old);
  }
  expect(renewals(flow)).toHaveLength(reasons.length);
  const warning = theAlert(flow);
  expect(warning.text).toMatch(/^🟠 \*default: token expiring\*/);
  expect(JSON.stringify(warning)).toContain(RENEWAL.renew);

  faults.add({ kind: "error", code: 101, path: "/oauth/access_token", times: Infinity });
  const expiresAt = flow.graph.state.tokens.get(old)?.expiresAt;
  if (!(expiresAt instanceof Date)) throw new Error("the old token has no end");
  await later(flow, expiresAt.getTime() - flow.clock.now().getTime() - HOUR);
  await later(flow, MINUTE);
  expect(theAlert(flow).text).toMatch(/^🔴 \*default: token expiring\*/);
  expect(flow.graph.state.tokens.get(old)?.standing.kind).toBe("alive");
});

it("Meta away is no failure of the token: it is told when it lasts, and is critical shortly before the end", async () => {
  const flow = await aWatch(20.5, { UNKNOWN_AFTER: "2h" });
  const removeFault = flow.graph.faults.add({ kind: "reset", times: Infinity });
  await later(flow, DAY);
  expect(renewals(flow)).toEqual([]);
  // The third check without an answer, two hours later.
  await later(flow, HOUR);
  await later(flow, HOUR);
  await later(flow, HOUR);
  const [told, ...more] = renewals(flow);
  expect(more).toEqual([]);
  expect(told?.text).toMatch(
    /^🟠 \*default: renewal failed\*[^]*could not begin the refresh: [^]*says nothing about the token[^]*tries again at every check/,
  );
  expect(contentOf(theAlert(flow))).not.toMatch(/revoked|expired|invalid/i);
  await later(flow, 18.5 * DAY);
  await later(flow, HOUR);
  const urgent = renewals(flow).at(-1);
  expect(renewals(flow)).toHaveLength(2);
  expect(urgent?.text).toMatch(/^🔴 \*default: renewal failed\*/);
  expect(refreshes(flow)).toBe(0);
  // It is tried again as soon as Meta answers.
  const old = saved(flow);
  removeFault();
  await later(flow, MINUTE);
  expect(refreshes(flow)).toBe(1);
  expect(saved(flow)).not.toBe(old);
});

it("a source that the bot cannot read is named, and the refresh begins when it can be read", async () => {
  const flow = await aWatch(20.5);
  const old = saved(flow);
  const { path } = flow.tokenFile(NAME);
  writeFileSync(path, "");
  for (let check = 0; check < 3; check++) await later(flow, check === 0 ? DAY : HOUR);
  const [told] = renewals(flow);
  expect(told?.text).toMatch(/could not begin the refresh: [^]*Make the source readable/);
  flow.tokenFile(NAME).write(old);
  await later(flow, HOUR);
  expect(saved(flow)).not.toBe(old);
});

it("the bot stops at once while an app that never answers is asked for its token", async () => {
  const silent = createServer(() => undefined).listen(0, "127.0.0.1");
  onTestFinished(() => {
    silent.closeAllConnections();
    silent.close();
  });
  await once(silent, "listening");
  const asked = new Promise((resolve) => silent.once("request", resolve));
  const { port } = silent.address() as AddressInfo;
  const flow = await aWatch(10, { RENEW_PROOF: `http://127.0.0.1:${port}/token` });
  await asked;
  const began = performance.now();
  await flow.bot.stop();
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(flow.bot.logLines().join("")).not.toContain("stopped before all running work ended");
});
