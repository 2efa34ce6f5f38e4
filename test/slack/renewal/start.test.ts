import { WebAPIPlatformError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { isViewTooLarge, viewProblems } from "../../../sandbox/slack/limits/view.ts";
import type { Obstacle } from "../../../src/renewal/renewer.ts";
import type { Ways } from "../../../src/slack/renewal/renew-view.ts";
import { renewView } from "../../../src/slack/renewal/renew-view.ts";
import { aRenewal, RENEWALS } from "../../support/renewals.ts";
import { createHarness, only, whats, written } from "../support/harness.ts";
import { withRenewals } from "../support/renewals.ts";

const WAY = (way: string) => ({ "renewal.way": { selected_option: { value: way } } });

describe("Renew…", () => {
  it("opens the dialog at once, and then shows what is possible", async () => {
    const { harness, calls, press } = withRenewals();
    await press("renewal.renew", "orders-prod");
    expect(whats(harness)).toBe("ack open update");
    expect(written(only(harness, "open"))).toContain("Looking at what is possible for *orders-prod*…");
    expect(only(harness, "update")).toMatchObject({
      view_id: "V0OPEN",
      view: { callback_id: "renewal.start.form", private_metadata: "orders-prod" },
    });
    expect(calls).toEqual([
      ["prepare", "orders-prod", "refresh"],
      ["prepare", "orders-prod", "given"],
    ]);
  });

  it.each<[string, Ways, readonly string[], RegExp]>([
    ["both ways", { refresh: null, given: null }, ["refresh", "given"], /The old token works until an admin ends it/],
    [
      "a Never token",
      { refresh: { kind: "never_token" }, given: null },
      ["given"],
      /A refresh is not possible\. This token never expires/,
    ],
    [
      "a dead token",
      { refresh: { kind: "dead_token" }, given: null },
      ["given"],
      /no longer works, so Meta cannot refresh it/,
    ],
    ["no app secret", { refresh: { kind: "no_app" }, given: { kind: "no_app" } }, [], /META_APP_ID/],
    [
      "an open renewal",
      { refresh: { kind: "already_open", renewal: aRenewal() }, given: { kind: "already_open", renewal: aRenewal() } },
      [],
      /already open, started by <@U0ANNA>/,
    ],
    [
      "two reasons",
      { refresh: { kind: "never_token" }, given: { kind: "no_ids" } },
      [],
      /The checklist is not possible/,
    ],
  ])("%s: offers the possible ways, and gives the reason for the others", (_name, ways, offered, why) => {
    const view = renewView("orders-prod", ways, "UTC");
    const json = written(view);
    expect(
      [...json.matchAll(/"value":"(refresh|given)"/g)]
        .map(([, way]) => way)
        .filter((way, at, all) => all.indexOf(way) === at),
    ).toEqual(offered);
    expect(view.submit === undefined).toBe(offered.length === 0);
    expect(json).toMatch(why);
    expect(viewProblems({ ...view }, "modal")).toEqual([]);
    expect(isViewTooLarge({ ...view })).toBe(false);
  });

  it("says the shared reason once", () => {
    const busy: Obstacle = { kind: "place_busy", watch: "crm-prod" };
    expect(renewView("orders-prod", { refresh: busy, given: busy }, "UTC").blocks).toHaveLength(1);
  });

  it("says that this bot no longer watches the token", async () => {
    const { harness, press } = withRenewals();
    await press("renewal.renew", "gone-prod");
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond").text).toContain("no longer watches this token");
  });

  it("says that the watch is missing while a fleet is not read, which may have it", async () => {
    const { harness, press } = withRenewals({
      deps: { fleetTroubles: () => [{ fleet: "customers", message: "Reads." }] },
    });
    await press("renewal.renew", "gone-prod");
    expect(only(harness, "respond").text).toContain("does not know all watches now");
  });

  it("reports that Slack did not open the dialog, and asks Meta nothing", async () => {
    const base = createHarness();
    const open = () => Promise.reject(new WebAPIPlatformError({ ok: false, error: "expired_trigger_id" }));
    const { harness, calls, press } = withRenewals({
      deps: { people: { ...base.deps.people, views: { ...base.deps.people.views, open } } },
    });
    await press("renewal.renew", "orders-prod");
    expect(only(harness, "respond").text).toMatch(/did not open the form in time/);
    expect(calls).toEqual([]);
  });

  it("is limited like checks: five a minute", async () => {
    const { harness, calls, press } = withRenewals();
    for (let time = 0; time < 6; time++) await press("renewal.renew", "orders-prod");
    expect(calls).toHaveLength(10);
    expect(only(harness, "respond").text).toMatch(
      /^You made five checks or renewals within a minute\. Try again in 60 seconds\.$/,
    );
  });
});

describe("the submitted dialog", () => {
  it("is acknowledged before anything starts, then shows the result", async () => {
    const { harness, calls, submit } = withRenewals({ stored: RENEWALS["in use"] });
    await submit("renewal.start.form", "orders-prod", WAY("refresh"));
    expect(whats(harness)).toBe("ack update");
    expect(written(only(harness, "ack"))).toContain("The bot gets the new token, tests it and saves it.");
    expect(calls).toEqual([["start", "orders-prod", "refresh", { kind: "slack", user: "U0ANNA" }]]);
    expect(written(only(harness, "update"))).toContain("🔄 orders-prod: new token in use, old token not ended yet");
  });

  it("of the checklist says where it is", async () => {
    const { harness, submit } = withRenewals();
    await submit("renewal.start.form", "orders-prod", WAY("given"));
    expect(written(only(harness, "update"))).toContain("The checklist for *orders-prod* is in its channel.");
  });

  it.each<[string, Obstacle, RegExp]>([
    ["already open", { kind: "already_open", renewal: aRenewal() }, /already open, started by <@U0ANNA>/],
    ["busy", { kind: "busy" }, /working on this renewal right now/],
    ["no longer watched", { kind: "unknown_watch" }, /no longer watches this token/],
  ])("pressed twice or too late, says that it is %s", async (_name, obstacle, said) => {
    const { harness, submit } = withRenewals({ renewer: { start: () => Promise.resolve({ ok: false, obstacle }) } });
    await submit("renewal.start.form", "orders-prod", WAY("refresh"));
    expect(written(only(harness, "update"))).toMatch(said);
  });

  it("sends the result directly when the person closed the window", async () => {
    const base = createHarness();
    const update = () => Promise.reject(new WebAPIPlatformError({ ok: false, error: "not_found" }));
    const { harness, submit } = withRenewals({
      stored: RENEWALS["saved"],
      deps: {
        people: {
          ...base.deps.people,
          views: { ...base.deps.people.views, update },
          chat: {
            postMessage: (call) => {
              base.deeds.push({ what: "dm", with: call });
              return Promise.resolve();
            },
          },
        },
      },
    });
    await submit("renewal.start.form", "orders-prod", WAY("refresh"));
    expect(whats(harness)).toBe("ack");
    expect(only(base, "dm")).toMatchObject({ channel: "U0ANNA" });
    expect(only(base, "dm").text).toMatch(/^🔄 \*orders-prod: new token saved\*\n/);
  });

  it.each([[{}], [WAY("forged")]])("without a way asks for one (%j)", async (values) => {
    const { harness, calls, submit } = withRenewals();
    await submit("renewal.start.form", "orders-prod", values);
    expect(only(harness, "ack")).toMatchObject({
      response_action: "errors",
      errors: { "renewal.way": "Choose a way." },
    });
    expect(calls).toEqual([]);
  });

  it("of a watch that is gone starts nothing", async () => {
    const { harness, calls, submit } = withRenewals();
    await submit("renewal.start.form", "gone-prod", WAY("given"));
    expect(written(only(harness, "ack"))).toContain("no longer watches this token");
    expect(calls).toEqual([]);
  });
});
