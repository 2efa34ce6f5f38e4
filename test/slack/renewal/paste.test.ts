import { WebAPIPlatformError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { viewProblems } from "../../../sandbox/slack/limits/view.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import type { Obstacle, Renewer } from "../../../src/renewal/renewer.ts";
import { pasteView, testingView } from "../../../src/slack/renewal/paste-view.ts";
import { NOW } from "../../support/builders.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { aRenewal, RENEWALS } from "../../support/renewals.ts";
import { createHarness, only, whats, written } from "../support/harness.ts";
import { withRenewals } from "../support/renewals.ts";

const token = fakeToken("pasted in a renewal");
const typed = (value: string, sooner?: boolean) => ({
  "renewal.token.ab": { type: "plain_text_input", value },
  ...(sooner === undefined
    ? {}
    : { "renewal.sooner.ab": { type: "checkboxes", selected_options: sooner ? [{ value: "accepted" }] : [] } }),
});
const idsOf = (view: unknown): readonly string[] =>
  [...written(view).matchAll(/"(?:block_id|action_id)":"([^"]+)"/g)].map(([, id]) => id ?? "");

describe("Paste new token…", () => {
  it("opens a private form with its own IDs, that says what Slack sees", async () => {
    const { harness, press } = withRenewals();
    await press("renewal.paste", "renewal-1");
    await press("renewal.paste", "renewal-1");
    const [first, second] = harness.deeds.filter(({ what }) => what === "open").map((deed) => deed.with);
    expect(first).toMatchObject({ trigger_id: "2.trigger", view: { private_metadata: "renewal-1" } });
    expect(written(first)).toContain("Slack can see what you paste");
    expect(idsOf(first).filter((id) => idsOf(second).includes(id))).toEqual([]);
  });

  it("asks about an earlier end only after a token that ended too soon", () => {
    expect(written(pasteView(aRenewal(), "ab"))).not.toContain("renewal.sooner.");
    const view = pasteView(RENEWALS["ends sooner"] ?? aRenewal(), "ab");
    expect(written(view)).toContain("Accept a token that ends sooner");
    expect(viewProblems({ ...view }, "modal")).toEqual([]);
    expect(viewProblems({ ...testingView() }, "modal")).toEqual([]);
  });

  it.each<[string, Parameters<typeof withRenewals>[0], RegExp]>([
    ["of a renewal that is gone", { stored: undefined }, /no longer knows this renewal/],
    ["when it is not possible now", { offered: ["cancel"] }, /at another step now/],
    [
      "after a crash that nobody could look into",
      {
        offered: ["cancel"],
        stored: aRenewal({
          working: true,
          steps: [{ step: "write", state: "not_proven", at: NOW, detail: { kind: "crashed" }, by: { kind: "bot" } }],
        }),
      },
      /stopped in the middle of this renewal/,
    ],
    ["while another token is tested", { offered: ["cancel"], stored: aRenewal({ working: true }) }, /right now/],
  ])("%s says so", async (_name, staged, said) => {
    const { harness, press } = withRenewals(staged);
    await press("renewal.paste", "renewal-1");
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond").text).toMatch(said);
  });

  it("in a result replaces the result with an empty form", async () => {
    const { harness, press } = withRenewals();
    await press("renewal.paste", "renewal-1", { view: { id: "V1", team_id: "T0HOME" }, response_url: undefined });
    expect(whats(harness)).toBe("ack update");
    expect(only(harness, "update")).toMatchObject({ view_id: "V1", view: { callback_id: "renewal.paste.form" } });
  });
});

describe("a pasted token", () => {
  it("is acknowledged with Testing… before anything is asked, then shows the result without a field", async () => {
    const { harness, calls, submit } = withRenewals({
      stored: RENEWALS["use not proven"],
      offered: ["confirm_in_use"],
    });
    await submit("renewal.paste.form", "renewal-1", typed(token));
    expect(whats(harness)).toBe("ack update");
    expect(written(only(harness, "ack"))).toContain("Testing…");
    expect(calls).toEqual([["give", "orders-prod", { kind: "slack", user: "U0ANNA" }, { acceptSooner: false }]]);
    expect(written(only(harness, "update"))).toContain("🔄 orders-prod: new token saved, use not proven");
    expect(idsOf(only(harness, "update"))).toEqual([]);
  });

  it("that is not accepted says what is lost, what Meta proved, and offers the form again", async () => {
    const { harness, submit } = withRenewals({ stored: RENEWALS["not accepted"] });
    await submit("renewal.paste.form", "renewal-1", typed(token));
    const view = written(only(harness, "update"));
    expect(view).toContain("The new token lacks `whatsapp_business_management`, which the old token has.");
    expect(view).toContain("Not proven: a system user's token ○");
    expect(view).toContain('"action_id":"renewal.paste"');
    expect(viewProblems({ ...only(harness, "update").view }, "modal")).toEqual([]);
  });

  it.each([
    [true, true],
    [false, false],
    [undefined, false],
  ])("ends sooner only when the box is checked (%s)", async (sooner, acceptSooner) => {
    const { calls, submit } = withRenewals();
    await submit("renewal.paste.form", "renewal-1", typed(token, sooner));
    expect(calls[0]?.at(-1)).toEqual({ acceptSooner });
  });

  it("loses quotes, Bearer and a name around it, and the result says so", async () => {
    const given: Secret[] = [];
    const give: Renewer["give"] = (_watch, secret) => {
      given.push(secret);
      return Promise.resolve({ ok: true, renewal: aRenewal({ steps: [] }) });
    };
    const { harness, submit } = withRenewals({ renewer: { give } });
    await submit("renewal.paste.form", "renewal-1", typed(`WHATSAPP_ACCESS_TOKEN="Bearer ${token}"`));
    expect(given.map((secret) => Secret.reveal(secret))).toEqual([token]);
    expect(written(only(harness, "update"))).toContain("Removed before the check:");
  });

  it.each<[string, string, RegExp]>([
    ["nothing", "  ", /Paste a token/],
    ["a JWT", `eyJ${fakeToken("jwt")}`, /eyJ, like a JWT/],
    ["JSON", `{"access_token":"${token}"}`, /looks like JSON/],
    ["a reference", "${WHATSAPP_ACCESS_TOKEN}", /reference to a secret/],
    ["an ID", "100000000002001", /digits only/],
    ["a short text", "EAAshort", /too short/],
    ["two tokens", `${token} ${token}`, /space or line break inside/],
    ["a long text", "E".repeat(3_001), /too long/],
  ])("with the shape of %s is refused at its field, without a call", async (_name, text, said) => {
    const { harness, calls, submit } = withRenewals();
    await submit("renewal.paste.form", "renewal-1", typed(text));
    expect(only(harness, "ack")).toMatchObject({
      response_action: "errors",
      errors: { "renewal.token.ab": expect.stringMatching(said) },
    });
    expect(calls).toEqual([]);
  });

  it.each<[string, Obstacle, RegExp]>([
    ["busy", { kind: "busy" }, /working on this renewal right now/],
    ["the bot cannot save", { kind: "cannot_write", message: "read-only" }, /read-only\. Nothing was changed/],
  ])("says when %s", async (_name, obstacle, said) => {
    const { harness, submit } = withRenewals({ renewer: { give: () => Promise.resolve({ ok: false, obstacle }) } });
    await submit("renewal.paste.form", "renewal-1", typed(token));
    expect(written(only(harness, "update"))).toMatch(said);
  });

  it("for a renewal that is gone is not used", async () => {
    const { harness, calls, submit } = withRenewals({ stored: undefined });
    await submit("renewal.paste.form", "renewal-1", typed(token));
    expect(written(only(harness, "update"))).toContain("no longer knows this renewal");
    expect(calls).toEqual([]);
  });

  it("is limited like checks: five a minute", async () => {
    const { harness, calls, submit } = withRenewals();
    for (let time = 0; time < 6; time++) await submit("renewal.paste.form", "renewal-1", typed(token));
    expect(calls).toHaveLength(5);
    expect(harness.deeds.at(-1)?.with).toMatchObject({ response_action: "errors" });
  });

  it("reaches the person directly when the window is closed, and no channel", async () => {
    const base = createHarness();
    const update = () => Promise.reject(new WebAPIPlatformError({ ok: false, error: "not_found" }));
    const people = { ...base.deps.people, views: { ...base.deps.people.views, update } };
    const { submit } = withRenewals({ stored: RENEWALS["not accepted"], deps: { people } });
    await submit("renewal.paste.form", "renewal-1", typed(token));
    expect(only(base, "dm")).toMatchObject({ channel: "U0ANNA" });
    expect(only(base, "dm").text).toMatch(/new token not accepted/);
  });

  it("is never sent, logged or in an error, also when the bot fails", async () => {
    const give: Renewer["give"] = (_watch, secret) => Promise.reject(new Error(`broke with ${Secret.reveal(secret)}`));
    const { harness, submit } = withRenewals({ renewer: { give } });
    await submit("renewal.paste.form", "renewal-1", typed(token));
    expect(written(only(harness, "update"))).toContain("Something went wrong on our side");
    expect(written([harness.deeds, harness.lines])).not.toContain(token.slice(20, 60));
  });
});
