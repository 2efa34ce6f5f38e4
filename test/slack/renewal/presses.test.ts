import { describe, expect, it } from "vitest";
import type { Obstacle } from "../../../src/renewal/renewer.ts";
import { aRenewal, aStep, RENEWALS } from "../../support/renewals.ts";
import { ANNA, type Harness, only, whats } from "../support/harness.ts";
import { withRenewals } from "../support/renewals.ts";

const BY = { kind: "slack", user: ANNA };
const saidBy = ({ deeds }: Harness): readonly unknown[] =>
  deeds.filter(({ what }) => what === "respond").map((deed) => (deed.with as { text: string }).text);

describe("a button of an open renewal", () => {
  it.each([
    ["renewal.confirm", "confirmInUse"],
    ["renewal.cancel", "cancel"],
  ])("%s changes it, and the message in the channel is the answer", async (id, method) => {
    const { harness, calls, press } = withRenewals();
    await press(id, "renewal-1");
    expect(whats(harness)).toBe("ack");
    expect(calls).toEqual([[method, "renewal-1", BY]]);
  });

  it.each<[string, string, string, RegExp, RegExp]>([
    [
      "renewal.end",
      "endOld",
      "done",
      /^Ending the old token of \*orders-prod\*…/,
      /^✅ \*orders-prod: token renewed\*\nMeta revoked the old token/,
    ],
    [
      "renewal.putback",
      "putBack",
      "put back",
      /^Putting the old token of \*orders-prod\* back…/,
      /^⚪ \*orders-prod: old token put back\*/,
    ],
  ])("%s says that it runs, then the result", async (id, method, name, begins, result) => {
    const { harness, calls, press } = withRenewals({ stored: RENEWALS[name], offered: [] });
    await press(id, "renewal-1");
    expect(whats(harness)).toBe("ack respond respond");
    expect(saidBy(harness)).toEqual([expect.stringMatching(begins), expect.stringMatching(result)]);
    expect(calls).toEqual([[method, "renewal-1", BY]]);
  });

  it("says why the old token was not ended", async () => {
    const detail = { kind: "old_still_used", watches: ["crm-prod"] } as const;
    const steps = [...(RENEWALS["in use"]?.steps ?? []), aStep("end_old", detail, { state: "failed" })];
    const { harness, press } = withRenewals({ stored: aRenewal({ steps }) });
    await press("renewal.end", "renewal-1");
    expect(saidBy(harness).at(-1)).toContain("*crm-prod* still uses the old token, so nothing was ended.");
  });

  it.each<[string, Obstacle, RegExp]>([
    ["renewal.confirm", { kind: "not_now" }, /at another step now, so nothing was changed/],
    ["renewal.cancel", { kind: "busy" }, /working on this renewal right now/],
    ["renewal.end", { kind: "busy" }, /working on this renewal right now/],
    ["renewal.putback", { kind: "dead_token" }, /The old token no longer works, so it was not put back/],
  ])("%s: the second of two presses gets the reason privately", async (id, obstacle, said) => {
    const no = () => Promise.resolve({ ok: false, obstacle } as const);
    const { harness, press } = withRenewals({ renewer: { confirmInUse: no, cancel: no, endOld: no, putBack: no } });
    await press(id, "renewal-1");
    expect(saidBy(harness).at(-1)).toMatch(said);
    for (const deed of harness.deeds.filter(({ what }) => what === "respond"))
      expect(deed.with).toMatchObject({ response_type: "ephemeral", replace_original: false });
  });

  it.each(["renewal.end", "renewal.putback"])("%s is limited like checks, because it asks Meta", async (id) => {
    const { harness, calls, press } = withRenewals();
    for (let time = 0; time < 6; time++) await press(id, "renewal-1");
    expect(calls).toHaveLength(5);
    expect(saidBy(harness).at(-1)).toMatch(/^You made five checks or renewals within a minute/);
  });

  it("of an unknown renewal is answered", async () => {
    const { harness, press } = withRenewals({ stored: undefined });
    await press("renewal.cancel", "renewal-1");
    expect(only(harness, "respond").text).toContain("no longer knows this renewal");
  });
});
