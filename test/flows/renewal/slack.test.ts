import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { SeenMessage } from "../../../sandbox/slack/messages.ts";
import { ALERT } from "../../../src/slack/messages/alert/ids.ts";
import { RENEWAL } from "../../../src/slack/messages/renewal/ids.ts";
import { fingerprintOf, Secret } from "../../../src/token/secret/secret.ts";
import { aFlow, acked, alertsSeen, DAY, type Flow, MINUTE, wordsOf } from "../flow.ts";

const NAME = "deployed";

/** A watch whose 60-day token reaches the 14-day threshold, with an app that uses it. Robin is the admin. */
const aRenewal = async (changed: Readonly<Record<string, string>> = {}): Promise<Flow> => {
  const flow = await aFlow(
    {
      apps: [NAME],
      env: (slack, apps) => ({
        RENEW_WRITE: "source",
        RENEW_PROOF: apps(NAME).proofUrl,
        ADMIN_USERS: slack.person("robin").id,
        CHECK_INTERVAL: "1m",
        ...changed,
      }),
    },
    { untilCaughtUp: true },
  );
  const old = flow.graph.issueToken({
    label: "sixty",
    issuedAt: new Date(flow.clock.now().getTime() - 47 * DAY),
    expiresAt: new Date(flow.clock.now().getTime() + 13 * DAY),
  });
  flow.tokenFile(NAME).write(old);
  flow.app(NAME).restart();
  await later(flow);
  return flow;
};

/** A round, a minute later. */
const later = async ({ clock, bot }: Flow): Promise<void> => {
  clock.advance(MINUTE);
  await bot.app.round("all");
};

const contentOf = ({ text, blocks, attachments }: SeenMessage): string => `${text}\n${wordsOf([blocks, attachments])}`;

/** The message of the renewal, as soon as it says this. */
const renewalSays = ({ slack, robin }: Flow, text: RegExp): Promise<SeenMessage> =>
  slack.waitFor(() =>
    robin
      .channelMessages("wa-alerts")
      .findLast((message) => !JSON.stringify(message).includes(ALERT.check) && text.test(contentOf(message))),
  );

const start = async (flow: Flow, way: "refresh" | "given"): Promise<void> => {
  const { robin, slack } = flow;
  const alert = alertsSeen(flow).at(-1);
  if (alert === undefined) throw new Error("there is no alert");
  expect(await robin.click({ actionId: RENEWAL.renew }, { in: alert })).toEqual(acked);
  await slack.waitFor(() => (robin.modal()?.callbackId === "renewal.start.form" ? robin.modal() : undefined));
  await robin.select({ actionId: "renewal.way" }, way);
  expect(await robin.submit()).toMatchObject({ kind: "acked" });
};

it("a 60-day token is renewed in Slack, proven in use and ended", async () => {
  const flow = await aRenewal();
  const { robin, sam, graph, tokenFile, app, bot } = flow;
  const old = readFileSync(tokenFile(NAME).path, "utf8").trim();
  await start(flow, "refresh");
  const saved = (): string => readFileSync(tokenFile(NAME).path, "utf8").trim();
  await flow.slack.waitFor(() => saved() !== old);
  const fresh = saved();
  expect(readFileSync(`${tokenFile(NAME).path}.previous`, "utf8").trim()).toBe(old);
  // The app still uses the old token, so nobody can end it.
  const waiting = await renewalSays(flow, /old token/i);
  expect(JSON.stringify(waiting)).not.toContain(RENEWAL.end_old);

  app(NAME).restart();
  // The bot reads the proof at every round after the first ten minutes.
  for (let reading = 0; reading < 3; reading++) await later(flow);
  const proven = await flow.slack.waitFor(() =>
    robin.channelMessages("wa-alerts").findLast((message) => JSON.stringify(message).includes(RENEWAL.end_old)),
  );
  // Sam is no admin.
  expect(await sam.click({ actionId: RENEWAL.end_old }, { in: proven })).toEqual(acked);
  await flow.slack.waitFor(() => sam.ephemerals().find(({ text }) => text.includes("Only admins can renew")));
  expect(graph.state.tokens.get(old)?.standing.kind).toBe("alive");

  expect(await robin.click({ actionId: RENEWAL.end_old }, { in: proven })).toEqual(acked);
  await flow.slack.waitFor(() => graph.state.tokens.get(old)?.standing.kind === "revoked");
  await renewalSays(flow, /done|ended|renewed/i);
  await flow.slack.waitFor(() => !existsSync(`${tokenFile(NAME).path}.previous`));
  await bot.app.round("all");
  const all = JSON.stringify([flow.slack.calls().map(({ args }) => args), bot.logLines()]);
  for (const token of [old, fresh]) expect(all).not.toContain(token.slice(10, 40));
});

/** Types a token in the open form. Returns the result. */
const paste = async ({ robin, slack }: Flow, token: string): Promise<string> => {
  await slack.waitFor(() => (robin.modal()?.callbackId === "renewal.paste.form" ? robin.modal() : undefined));
  await robin.type({ actionId: /^renewal\.token\./ }, token);
  expect(await robin.submit()).toMatchObject({ kind: "acked" });
  return slack.waitFor(() => {
    const seen = robin.modal();
    const text = wordsOf(seen?.blocks ?? []);
    return seen?.callbackId === "renewal.paste.form" || /testing/i.test(text) ? undefined : text;
  });
};

it("a token that a person saved before pasting it is proven in use, and the old one is known", async () => {
  const flow = await aRenewal();
  const { robin, graph, tokenFile, app } = flow;
  const old = readFileSync(tokenFile(NAME).path, "utf8").trim();
  await start(flow, "given");
  const message = await renewalSays(flow, /waiting for a new token/);
  const fresh = graph.issueToken({ label: "saved by hand" });
  tokenFile(NAME).write(fresh);
  expect(await robin.click({ actionId: RENEWAL.paste }, { in: message })).toEqual(acked);
  expect(await paste(flow, fresh)).not.toMatch(/saved nothing|when the renewal started/);
  await renewalSays(flow, /Step 5 of 6[^]*Still with the old token/);
  expect(existsSync(`${tokenFile(NAME).path}.previous`)).toBe(false);
  app(NAME).restart();
  for (let reading = 0; reading < 3; reading++) await later(flow);
  const done = await renewalSays(flow, /token renewed/);
  expect(contentOf(done)).toContain(fingerprintOf(new Secret(old)));
});

it("a person generates a token, pastes it, and sees what Graph proves", async () => {
  const flow = await aRenewal();
  const { robin, slack, graph, tokenFile } = flow;
  await start(flow, "given");
  const message = await renewalSays(flow, /./);
  expect(await robin.click({ actionId: RENEWAL.paste }, { in: message })).toEqual(acked);
  const short = graph.issueToken({ label: "no-messaging", scopes: ["whatsapp_business_management"] });
  expect(await paste(flow, short)).toMatch(/whatsapp_business_messaging/);
  expect(readFileSync(tokenFile(NAME).path, "utf8").trim()).not.toBe(short);
  await robin.closeModal({ all: true });
  // Only what Graph proved is ticked.
  const again = await renewalSays(flow, /Proven by Meta: .*whatsapp_business_management/);
  expect(contentOf(again)).toMatch(/Not proven: .*whatsapp_business_messaging/);
  expect(await robin.click({ actionId: RENEWAL.paste }, { in: again })).toEqual(acked);
  const never = graph.issueToken({ label: "given" });
  await paste(flow, never);
  await slack.waitFor(() => readFileSync(tokenFile(NAME).path, "utf8").trim() === never);
  expect(JSON.stringify(slack.calls().map(({ args }) => args))).not.toContain(never.slice(10, 40));
});
