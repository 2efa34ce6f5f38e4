import { WebAPIHTTPError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { expect, it } from "vitest";
import type { Fault } from "../../../sandbox/slack/faults.ts";
import { clientOf, openWorkspace } from "./open-workspace.ts";

const post = { channel: "general", text: "hello" };

it.each<[string, Fault, unknown]>([
  ["an HTTP status", { kind: "status", status: 503 }, WebAPIHTTPError],
  ["a reset connection", { kind: "reset" }, WebAPIRequestError],
  ["too many requests", { kind: "rate_limited", retryAfterSeconds: 7 }, WebAPIRateLimitedError],
])("shows %s once, then works again", async (_name, fault, expected) => {
  const workspace = await openWorkspace();
  const client = clientOf(workspace);
  workspace.faults.add(fault);
  await expect(client.chat.postMessage(post)).rejects.toBeInstanceOf(expected);
  expect((await client.chat.postMessage(post)).ok).toBe(true);
  expect(workspace.calls().map((call) => call.fault)).toEqual([fault.kind, undefined]);
  expect(workspace.person("robin").channelMessages("general")).toHaveLength(1);
});

it("states how long to wait", async () => {
  const workspace = await openWorkspace();
  workspace.faults.add({ kind: "rate_limited", retryAfterSeconds: 7 });
  await expect(clientOf(workspace).chat.postMessage(post)).rejects.toMatchObject({ retryAfter: 7 });
});

it("performs the call of a lost reply", async () => {
  const workspace = await openWorkspace();
  workspace.faults.add({ kind: "lost_reply", method: "chat.postMessage" });
  await expect(clientOf(workspace).chat.postMessage(post)).rejects.toBeInstanceOf(WebAPIRequestError);
  expect(workspace.person("robin").channelMessages("general")).toMatchObject([{ text: "hello" }]);
});

it("hangs until the client gives up", async () => {
  const workspace = await openWorkspace();
  workspace.faults.add({ kind: "hang" });
  // On a busy machine, a request needs a while to arrive. A client that gives up earlier makes no call.
  await expect(clientOf(workspace, workspace.botToken, 500).chat.postMessage(post)).rejects.toThrow();
  await expect.poll(() => workspace.calls()).toMatchObject([{ fault: "hang", status: 0 }]);
});

it("answers HTML instead of JSON, and Slack's own errors", async () => {
  const workspace = await openWorkspace();
  workspace.faults.add({ kind: "not_json", body: "<html>" });
  workspace.faults.add({ kind: "error", error: "fatal_error" });
  const client = clientOf(workspace);
  await expect(client.chat.postMessage(post)).rejects.toThrow("<html>");
  await expect(client.chat.postMessage(post)).rejects.toThrow("fatal_error");
});

it("answers slowly but correctly", async () => {
  const workspace = await openWorkspace();
  workspace.faults.add({ kind: "slow", delayMs: 5 });
  expect((await clientOf(workspace).auth.test()).ok).toBe(true);
});

it("applies only to its method and channel, until it is removed", async () => {
  const workspace = await openWorkspace();
  const client = clientOf(workspace);
  const channel = workspace.channelId("wa-alerts");
  const stop = workspace.faults.add({ kind: "error", error: "not_in_channel", channel, times: Infinity });
  await expect(client.chat.postMessage({ channel: "#wa-alerts", text: "x" })).rejects.toThrow("not_in_channel");
  await expect(client.chat.postMessage({ channel, text: "x" })).rejects.toThrow("not_in_channel");
  expect((await client.chat.postMessage(post)).ok).toBe(true);
  stop();
  expect((await client.chat.postMessage({ channel, text: "x" })).ok).toBe(true);
});

it("goes away and comes back on the same port", async () => {
  const workspace = await openWorkspace();
  await workspace.goAway();
  await expect(clientOf(workspace).auth.test()).rejects.toBeInstanceOf(WebAPIRequestError);
  await workspace.comeBack();
  expect((await clientOf(workspace).auth.test()).ok).toBe(true);
});
