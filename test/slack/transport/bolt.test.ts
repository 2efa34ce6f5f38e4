import type { Receiver } from "@slack/bolt";
import { describe, expect, it, onTestFinished } from "vitest";
import type { SlackWorkspace } from "../../../sandbox/slack/workspace.ts";
import { createSlack, type SlackMode, type SlackOptions } from "../../../src/slack/transport/bolt.ts";
import { SlackCredentialError } from "../../../src/slack/transport/credential-error.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { openWorkspace } from "../../sandbox/slack/open-workspace.ts";
import { keepLog } from "../../support/keep-log.ts";

const inert: Receiver = {
  init: () => undefined,
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

const untilStopped = (_ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });

/** No pause before trying again; what is long (the next look at the token) lasts until the stop. */
const noPause: SlackOptions["wait"] = (ms, signal) =>
  ms >= 60_000 ? untilStopped(ms, signal) : new Promise((resolve) => setImmediate(resolve));

const slackOn = (workspace: SlackWorkspace, fields: Partial<SlackOptions> = {}) => {
  const { log, lines } = keepLog();
  const mode: SlackMode = { kind: "socket", appToken: new Secret(workspace.appToken) };
  const slack = createSlack({
    mode,
    botToken: new Secret(workspace.botToken),
    apiUrl: workspace.apiUrl,
    log,
    fetch,
    proxies: {},
    now: () => new Date(),
    wait: noPause,
    receiver: undefined,
    ...fields,
  });
  onTestFinished(() => slack.stop());
  return { slack, lines };
};

describe("the link to Slack", () => {
  it("does nothing when it is made", async () => {
    const workspace = await openWorkspace();
    const { slack } = slackOn(workspace);
    expect(slack.installation()).toBeNull();
    expect(slack.problem()).toContain("not tried yet");
    await slack.stop();
    expect(workspace.calls()).toEqual([]);
    expect(workspace.sockets.opened()).toBe(0);
  });

  it("is up after the start, and knows the workspace", async () => {
    const workspace = await openWorkspace();
    const { slack } = slackOn(workspace);
    await slack.start();
    expect(slack.problem()).toBeNull();
    expect(slack.installation()).toMatchObject({ teamId: workspace.teamId, scopes: ["commands", "chat:write"] });
    expect(workspace.sockets.open()).toBe(1);
    await slack.stop();
    await workspace.waitFor(() => workspace.sockets.open() === 0);
  });

  it("tries the bot token and the socket at once, and leaves no socket when the token is refused", async () => {
    const workspace = await openWorkspace();
    workspace.setTokens({ bot: "invalid_auth" });
    const { slack } = slackOn(workspace);
    await expect(slack.start()).rejects.toBeInstanceOf(SlackCredentialError);
    expect(slack.problem()).toContain("SLACK_BOT_TOKEN");
    await slack.stop();
    await workspace.waitFor(() => workspace.calls("apps.connections.open").length === 1);
    await workspace.waitFor(() => workspace.sockets.open() === 0);
  });

  it("connects the socket while the check of the bot token still hangs", async () => {
    const workspace = await openWorkspace();
    workspace.faults.add({ kind: "hang", method: "auth.test" });
    const { slack } = slackOn(workspace);
    const starting = slack.start();
    await workspace.waitFor(() => workspace.sockets.open() === 1);
    expect(slack.installation()).toBeNull();
    await slack.stop();
    await expect(starting).resolves.toBeUndefined();
  });

  it("ends a cancelled start while Slack hangs", async () => {
    const workspace = await openWorkspace();
    workspace.faults.add({ kind: "hang", times: Infinity });
    const { slack } = slackOn(workspace);
    const stop = new AbortController();
    const starting = slack.start(stop.signal);
    await workspace.waitFor(() => workspace.calls("auth.test").length === 1);
    stop.abort();
    await expect(starting).resolves.toBeUndefined();
    expect(slack.problem()).not.toBeNull();
  });

  it("uses a given receiver instead of the transport", async () => {
    const deeds: string[] = [];
    const receiver: Receiver = {
      ...inert,
      start: () => Promise.resolve(deeds.push("start")),
      stop: () => Promise.resolve(deeds.push("stop")),
    };
    const workspace = await openWorkspace();
    const { slack } = slackOn(workspace, { receiver });
    await slack.start();
    expect(slack.problem()).toBeNull();
    await slack.stop();
    expect(deeds).toEqual(["start", "stop"]);
    expect(workspace.sockets.opened()).toBe(0);
  });

  it("says that the port is taken, and what to do", async () => {
    const workspace = await openWorkspace();
    const port = Number(new URL(workspace.url).port);
    const mode: SlackMode = { kind: "http", signingSecret: new Secret(workspace.signingSecret), port };
    await expect(slackOn(workspace, { mode }).slack.start()).rejects.toThrow(`${port} for Slack's requests is in use`);
  });

  it("opens the next socket at once, and pauses when Slack ends each socket at once", async () => {
    const workspace = await openWorkspace();
    const waits: number[] = [];
    const { slack, lines } = slackOn(workspace, {
      wait: (ms, signal) => {
        waits.push(ms);
        return untilStopped(ms, signal);
      },
    });
    const pauses = () => waits.filter((ms) => ms <= 1_000);
    await slack.start();
    workspace.sockets.drop();
    await workspace.waitFor(() => workspace.sockets.opened() === 2 && workspace.sockets.open() === 1);
    await expect.poll(() => waits.filter((ms) => ms === 10_000)).toHaveLength(2);
    expect(pauses()).toEqual([]);
    workspace.sockets.drop();
    await expect.poll(pauses).toHaveLength(1);
    expect(slack.problem()).toContain("keeps breaking");
    expect(JSON.stringify(lines)).toContain("Slack socket is down");
    expect(workspace.sockets.opened()).toBe(2);
  });
});

describe("stopping the link", () => {
  it("does not wait for a Slack that hangs, and leaves no socket behind", async () => {
    const workspace = await openWorkspace();
    const paused = Promise.withResolvers<void>();
    const { slack, lines } = slackOn(workspace, {
      wait: (ms, signal) => {
        if (ms <= 1_000) paused.resolve();
        return noPause(ms, signal);
      },
    });
    await slack.start();
    workspace.faults.add({ kind: "status", status: 503, method: "apps.connections.open" });
    workspace.faults.add({ kind: "slow", delayMs: 500, method: "apps.connections.open" });
    workspace.sockets.drop();
    await paused.promise;
    // The pause is over in the next turn, and the slow attempt under way in the one after.
    for (let turns = 0; turns < 3; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    await slack.stop();
    // The first one and the one that failed; the slow one has no successful check yet.
    expect(workspace.calls("apps.connections.open")).toHaveLength(2);
    // The address that comes too late is of no use any more: the way out is closed.
    await expect.poll(() => JSON.stringify(lines)).toContain("WebSocket error occurred");
    expect([workspace.sockets.opened(), workspace.sockets.open()]).toEqual([1, 0]);
  });

  it("waits for the work of listeners after their acknowledgement", async () => {
    const workspace = await openWorkspace();
    const { slack } = slackOn(workspace, { receiver: inert });
    const work = Promise.withResolvers<void>();
    const deeds: string[] = [];
    slack.app.command("/wa-token", async ({ ack }) => {
      await ack();
      deeds.push("acked");
      await work.promise;
      deeds.push("done");
    });
    await slack.start();
    const processing = slack.app.processEvent({
      body: { command: "/wa-token", text: "", user_id: "U1", team_id: "T1", channel_id: "C1" },
      ack: () => Promise.resolve(),
    });
    await expect.poll(() => deeds).toEqual(["acked"]);
    const stopped = slack.stop().then(() => deeds.push("stopped"));
    setImmediate(() => work.resolve());
    await Promise.all([stopped, processing]);
    expect(deeds).toEqual(["acked", "done", "stopped"]);
  });
});
