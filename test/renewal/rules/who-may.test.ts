import { describe, expect, it } from "vitest";
import { RENEWAL_ACTIONS } from "../../../src/renewal/audit.ts";
import { whoMay } from "../../../src/renewal/rules/who-may.ts";
import { BOT, ROBIN } from "../renewals.ts";

describe("who may act", () => {
  it.each(RENEWAL_ACTIONS)("%s", (action) => {
    expect(whoMay(action, ROBIN, [ROBIN.user])).toEqual({ ok: true });
    expect(whoMay(action, ROBIN, ["U0000000002"])).toEqual({ ok: false, reason: "not_admin" });
    expect(whoMay(action, ROBIN, [])).toEqual({ ok: false, reason: "no_admins" });
    expect(whoMay(action, { kind: "terminal" }, [])).toEqual({ ok: true });
    expect(whoMay(action, BOT, [ROBIN.user]).ok).toBe(action === "renew");
  });
});
