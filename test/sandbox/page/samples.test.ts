import { expect, it } from "vitest";
import { type Sample, SAMPLES } from "../../../sandbox/page/protocol/sample-requests.ts";
import { openPage } from "./open-page.ts";

/** The first line of the check of each sample, and a detail. */
const RESULTS: Readonly<Record<Sample, readonly [header: string, detail: string]>> = {
  healthy: ["Healthy: works and never expires", "The token works and has every permission it needs."],
  expiring: ["Expiring: works, and ends in 5 days", "in 5 days"],
  expired: ["Expired", "expired"],
  revoked: ["Revoked", "revoked"],
  missing_permission: ["Degraded: lacks 1 permission", "Missing: whatsapp_business_messaging"],
  other_app: ["Degraded: belongs to another app", "another Meta app"],
  temporary: ["Expiring: works, and ends in", "This is a temporary token"],
  unassigned: ["Degraded: cannot use the phone number", "WhatsApp account"],
  malformed: ["Invalid", "Copy the whole token again"],
  in_quotes: ["Healthy: works and never expires", "quotation marks"],
};

it("one press fills in a sample token, and the check names each kind", { timeout: 60_000 }, async () => {
  let realMs = 0;
  const page = await openPage("healthy", { realNow: () => realMs });
  const { robin, guest, post, until } = page;
  const channel = page.world.slack.channelId("general");
  for (const kind of SAMPLES) {
    // The bot allows each person five checks per minute.
    realMs += 15_000;
    await post("/api/command", { as: robin, channel, text: "check orders-prod" });
    const form = await until(robin, ({ modal }) => modal?.title === "Check a token" && modal);
    const field = form.tokenField ?? { blockId: "", actionId: "" };
    const sample = { viewId: form.id, kind };
    expect((await post("/api/sample", { ...sample, as: guest })).status).toBe(409);
    expect(await post("/api/sample", { ...sample, as: robin })).toEqual({
      status: 200,
      result: { ok: true, problem: null },
    });
    const raw = String(page.see(robin).modal?.values[field.blockId]?.[field.actionId]?.["value"]);
    expect(raw.length).toBeGreaterThan(80);
    expect(JSON.stringify(page.see(guest))).not.toContain(raw.slice(-8));

    await post("/api/submit", { as: robin, viewId: form.id, fields: [] });
    const shown = await until(robin, ({ modal }) => modal?.title === "Check result" && JSON.stringify(modal.blocks));
    for (const words of RESULTS[kind])
      expect([kind, shown.replaceAll("`", "")]).toEqual([kind, expect.stringContaining(words)]);
    expect(shown).not.toContain(raw);
    expect((await post("/api/sample", { ...sample, as: robin })).result.problem).toBe(
      "This form has no field for a token.",
    );
    await post("/api/close", { as: robin, viewId: form.id, all: true });
  }
  expect(page.world.slack.rejections()).toEqual([]);
});
