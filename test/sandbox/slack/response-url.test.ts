import { expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/slack/json.ts";
import type { SlackWorkspace } from "../../../sandbox/slack/workspace.ts";
import { clientOf, openWorkspace } from "./open-workspace.ts";

function responseUrl(workspace: SlackWorkspace): string {
  return String(workspace.raw.commandFields(workspace.person("robin"), { command: "/wa-token" })["response_url"]);
}

function respond(url: string, body: JsonObject): Promise<Response> {
  return fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

it("works five times", async () => {
  const workspace = await openWorkspace();
  const url = responseUrl(workspace);
  const statuses: number[] = [];
  for (const text of ["1", "2", "3", "4", "5", "6"]) statuses.push((await respond(url, { text })).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
  expect(workspace.person("robin").ephemerals()).toHaveLength(5);
  expect(workspace.rejections()).toMatchObject([{ source: "response_url", error: "used_url" }]);
  expect(workspace.calls("response_url")).toHaveLength(6);
});

it("expires after thirty minutes on the sandbox's clock", async () => {
  const workspace = await openWorkspace();
  const url = responseUrl(workspace);
  workspace.clock.advance(30 * 60 * 1000 - 1);
  expect((await respond(url, { text: "in time" })).status).toBe(200);
  workspace.clock.advance(1);
  const late = await respond(url, { text: "late" });
  expect([late.status, await late.json()]).toEqual([404, { ok: false, error: "expired_url" }]);
});

it("checks the limits of its messages", async () => {
  const workspace = await openWorkspace();
  const reply = await respond(responseUrl(workspace), { text: "x", blocks: [{ type: "alert", text: {} }] });
  expect(reply.status).toBe(400);
  expect(workspace.rejections()).toMatchObject([{ source: "response_url", error: "invalid_blocks" }]);
  expect(workspace.person("robin").ephemerals()).toEqual([]);
});

it("has its own faults", async () => {
  const workspace = await openWorkspace();
  workspace.faults.add({ method: "response_url", kind: "status", status: 500 });
  const url = responseUrl(workspace);
  await clientOf(workspace).auth.test();
  expect((await respond(url, { text: "x" })).status).toBe(500);
  expect((await respond(url, { text: "x" })).status).toBe(200);
});
