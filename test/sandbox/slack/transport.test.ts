import { describe, expect, it, onTestFinished } from "vitest";
import type { SlackWorkspace } from "../../../sandbox/slack/workspace.ts";
import { startHttpBot, startSocketBot } from "./bolt-app.ts";
import type { TinyBot } from "./bolt-app.ts";
import { clientOf, openWorkspace } from "./open-workspace.ts";

async function withBot(start: (workspace: SlackWorkspace) => Promise<TinyBot>, ackWithinMs = 3000) {
  const workspace = await openWorkspace({ ackWithinMs });
  const bot = await start(workspace);
  onTestFinished(bot.stop);
  return { workspace, robin: workspace.person("robin") };
}

it.each([
  ["signed HTTP", startHttpBot],
  ["Socket Mode", startSocketBot],
])("shows operation_timeout over %s when the app does not acknowledge in time", async (_mode, start) => {
  const { robin } = await withBot(start, 20);
  const outcome = await robin.runCommand({ command: "/wa-token", text: "late" });
  expect(outcome).toMatchObject({ kind: "failed", error: "operation_timeout" });
  expect(robin.notices()).toMatchObject([{ error: "operation_timeout" }]);
});

describe("signed HTTP", () => {
  const body = "command=%2Fwa-token&text=in+the+ack&trigger_id=1";

  it("accepts a request with a current signature", async () => {
    const { workspace } = await withBot(startHttpBot);
    const reply = await workspace.raw.post(body);
    expect(reply).toEqual({ status: 200, body: "said in the ack" });
  });

  it.each([
    ["a forged signature", { signature: `v0=${"0".repeat(64)}` }],
    ["a signature that is too old", { timestampSeconds: Math.floor(Date.now() / 1000) - 301 }],
    ["no signature", { headers: { "x-slack-signature": "" } }],
    ["no timestamp", { headers: { "x-slack-request-timestamp": "" } }],
  ])("is refused with %s", async (_name, options) => {
    const { workspace } = await withBot(startHttpBot);
    expect((await workspace.raw.post(body, options)).status).toBe(401);
  });

  it("fails for the person when no app listens", async () => {
    const workspace = await openWorkspace({ requestUrl: "http://127.0.0.1:9/slack/events" });
    expect(await workspace.person("robin").runCommand({ command: "/wa-token" })).toMatchObject({
      kind: "failed",
      error: "dispatch_failed",
    });
  });
});

describe("Socket Mode", () => {
  it("reconnects after a hard drop and works again", async () => {
    const { workspace, robin } = await withBot(startSocketBot);
    workspace.sockets.drop();
    expect(workspace.sockets.open()).toBe(0);
    await workspace.waitFor(() => workspace.sockets.opened() === 2);
    await robin.runCommand({ command: "/wa-token", text: "in the ack" });
    expect(robin.ephemerals()).toHaveLength(1);
  });

  it.each(["warning", "refresh_requested"] as const)("reconnects after a disconnect frame: %s", async (reason) => {
    const { workspace, robin } = await withBot(startSocketBot);
    workspace.sockets.disconnect(reason);
    await workspace.waitFor(() => workspace.sockets.opened() === 2 && workspace.sockets.open() === 1);
    expect(await robin.runCommand({ command: "/wa-token", text: "in the ack" })).toMatchObject({ kind: "acked" });
  });

  it("times out for the person when the socket breaks before the acknowledgement", async () => {
    const { workspace, robin } = await withBot(startSocketBot);
    const outcome = robin.runCommand({ command: "/wa-token", text: "late" });
    workspace.sockets.drop();
    expect(await outcome).toMatchObject({ kind: "failed", error: "operation_timeout" });
  });

  it("accepts each connection address once", async () => {
    const workspace = await openWorkspace();
    const { url = "" } = await clientOf(workspace, workspace.appToken).apps.connections.open();
    const socket = new WebSocket(url);
    await workspace.waitFor(() => workspace.sockets.open() === 1);
    const again = new WebSocket(url);
    await new Promise((resolve) => again.addEventListener("error", resolve, { once: true }));
    expect(workspace.sockets.opened()).toBe(1);
    socket.close();
  });

  it("ignores invalid frames", async () => {
    const { workspace, robin } = await withBot(startSocketBot);
    workspace.raw.frame("not json");
    await workspace.raw.deliver("slash_commands", { command: "/wa-token", text: "in the ack" });
    expect(await robin.runCommand({ command: "/wa-token", text: "in the ack" })).toMatchObject({ kind: "acked" });
  });
});

describe("waiting", () => {
  it("gives up with the last calls in the message", async () => {
    const workspace = await openWorkspace();
    await clientOf(workspace).auth.test();
    await expect(workspace.waitFor(() => false, 5)).rejects.toThrow("Last calls: auth.test 200");
  });
});
