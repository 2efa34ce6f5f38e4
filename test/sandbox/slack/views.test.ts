import { describe, expect, it } from "vitest";
import type { ModalView } from "@slack/types";
import type { SlackWorkspace } from "../../../sandbox/slack/workspace.ts";
import { clientOf, openWorkspace } from "./open-workspace.ts";

function view(title: string, blockId: string, more: Partial<ModalView> = {}): ModalView {
  return {
    type: "modal",
    title: { type: "plain_text", text: title },
    submit: { type: "plain_text", text: "Go" },
    blocks: [
      {
        type: "input",
        block_id: blockId,
        label: { type: "plain_text", text: "Token" },
        element: { type: "plain_text_input", action_id: "value" },
      },
    ],
    ...more,
  };
}

function trigger(workspace: SlackWorkspace): string {
  return String(workspace.raw.commandFields(workspace.person("robin"), { command: "/wa-token" })["trigger_id"]);
}

describe("typed text", () => {
  it("survives an update with the same block and action ids, so a typed token could leak", async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const robin = workspace.person("robin");
    await client.views.open({ trigger_id: trigger(workspace), view: view("Form", "token") });
    await robin.type("value", "secret");
    const view_id = robin.modal()?.id ?? "";
    await client.views.update({ view_id, view: view("Same ids", "token") });
    expect(robin.modal()?.values).toEqual({ token: { value: { type: "plain_text_input", value: "secret" } } });
    await client.views.update({ view_id, view: view("New ids", "token-2") });
    expect(robin.modal()?.values).toEqual({ "token-2": { value: { type: "plain_text_input", value: null } } });
    await client.views.update({ view_id, view: view("Old ids again", "token") });
    expect(robin.modal()?.values).toEqual({ token: { value: { type: "plain_text_input", value: null } } });
  });
});

describe("trigger ids", () => {
  it("work once", async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const trigger_id = trigger(workspace);
    await client.views.open({ trigger_id, view: view("One", "a") });
    await expect(client.views.open({ trigger_id, view: view("Two", "a") })).rejects.toThrow("exchanged_trigger_id");
    await expect(client.views.open({ trigger_id: "made.up", view: view("Three", "a") })).rejects.toMatchObject({
      data: { error: "invalid_arguments" },
    });
  });

  it("expire soon", async () => {
    const workspace = await openWorkspace();
    const trigger_id = trigger(workspace);
    workspace.expireTriggers();
    await expect(clientOf(workspace).views.open({ trigger_id, view: view("Late", "a") })).rejects.toThrow(
      "expired_trigger_id",
    );
    const quick = await openWorkspace({ triggerLifeMs: 0 });
    await expect(clientOf(quick).views.open({ trigger_id: trigger(quick), view: view("Late", "a") })).rejects.toThrow(
      "expired_trigger_id",
    );
  });
});

describe("the stack", () => {
  it("holds three views, and closing one frees its place and its external id", async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const robin = workspace.person("robin");
    await client.views.open({ trigger_id: trigger(workspace), view: view("One", "a") });
    await client.views.push({ trigger_id: trigger(workspace), view: view("Two", "a") });
    await client.views.push({ trigger_id: trigger(workspace), view: view("Three", "a", { external_id: "mine" }) });
    await expect(client.views.push({ trigger_id: trigger(workspace), view: view("Four", "a") })).rejects.toThrow(
      "push_limit_reached",
    );
    expect(robin.modal()).toMatchObject({ title: "Three", depth: 3, externalId: "mine" });
    expect(await robin.closeModal()).toEqual({ kind: "silent" });
    await client.views.push({ trigger_id: trigger(workspace), view: view("Again", "a", { external_id: "mine" }) });
    await expect(
      client.views.update({
        view_id: robin.modal()?.view["root_view_id"] as string,
        view: view("x", "a", { external_id: "mine" }),
      }),
    ).rejects.toThrow("duplicate_external_id");
    await robin.closeModal({ all: true });
    expect(robin.modal()).toBeUndefined();
  });
});

describe("views.update", () => {
  it("needs the current hash and an open view", async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const robin = workspace.person("robin");
    const opened = await client.views.open({
      trigger_id: trigger(workspace),
      view: view("One", "a", { external_id: "mine" }),
    });
    const hash = opened.view?.hash ?? "";
    await client.views.update({ external_id: "mine", hash, view: view("Two", "a", { external_id: "mine" }) });
    await expect(client.views.update({ external_id: "mine", hash, view: view("Three", "a") })).rejects.toThrow(
      "hash_conflict",
    );
    await robin.closeModal();
    await expect(client.views.update({ external_id: "mine", view: view("Four", "a") })).rejects.toThrow("not_found");
    expect(workspace.rejections()).toEqual([]);
  });

  it("refuses what Slack would refuse on each surface", async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const tooLong = view("A title that is far too long", "a");
    await expect(client.views.open({ trigger_id: trigger(workspace), view: tooLong })).rejects.toMatchObject({
      data: {
        error: "invalid_arguments",
        response_metadata: { messages: [expect.stringContaining("[json-pointer:/view/title/text]")] },
      },
    });
    await expect(
      client.views.publish({
        user_id: workspace.person("robin").id,
        view: { type: "home", blocks: [{ type: "alert", text: { type: "plain_text", text: "x" } }] },
      }),
    ).rejects.toThrow("invalid_arguments");
    expect(workspace.rejections().map((rejection) => rejection.method)).toEqual(["views.open", "views.publish"]);
  });
});

describe("selects", () => {
  it("fill the form without an action and accept only their options", async () => {
    const workspace = await openWorkspace();
    const robin = workspace.person("robin");
    const watch = { text: { type: "plain_text" as const, text: "orders-prod" }, value: "orders-prod" };
    await clientOf(workspace).views.open({
      trigger_id: trigger(workspace),
      view: view("Choose", "a", {
        blocks: [
          {
            type: "input",
            block_id: "watch",
            optional: true,
            label: { type: "plain_text", text: "Watch" },
            element: { type: "static_select", action_id: "choice", options: [watch] },
          },
        ],
      }),
    });
    expect(await robin.select("choice", "orders-prod")).toEqual({ kind: "silent" });
    expect(robin.modal()?.values).toMatchObject({ watch: { choice: { selected_option: watch } } });
    await expect(robin.select("choice", "nothing")).rejects.toThrow('has no option "nothing"');
    await expect(robin.click("choice")).rejects.toThrow("There is no such element");
  });
});
