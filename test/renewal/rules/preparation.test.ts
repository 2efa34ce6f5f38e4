import { describe, expect, it } from "vitest";
import { type Preparation, refreshObstacle, settingsObstacle } from "../../../src/renewal/rules/preparation.ts";
import { aFailure, aFinding, anUnknown } from "../../support/builders.ts";
import { aToken, PHONE } from "../renewals.ts";

describe("the settings that a way needs", () => {
  const ready: Preparation = { way: "refresh", hasApp: true, ids: [PHONE], hasWrite: true };
  it.each([
    ["everything", {}, null],
    ["no app", { hasApp: false }, "no_app"],
    ["no ID", { ids: [] }, "no_ids"],
    ["no place to write", { hasWrite: false }, "no_write"],
    ["a given token without a place", { way: "given", hasWrite: false }, null],
    ["a given token without an app", { way: "given", hasApp: false }, "no_app"],
    ["a given token without an ID", { way: "given", ids: [] }, "no_ids"],
  ] as const)("%s", (_, fields, expected) => {
    expect(settingsObstacle({ ...ready, ...fields })?.kind ?? null).toBe(expected);
  });
});

describe("a refresh of", () => {
  it.each([
    ["a 60-day token", aToken(), null],
    ["a Never token", aToken({ expiry: { kind: "never" } }), "never_token"],
    ["a token without a known end", aToken({ expiry: { kind: "not_known" } }), "not_known"],
    ["a user's token", aToken({ type: "USER" }), "not_system_user"],
    ["a token without a known type", aToken({ type: null }), "not_known"],
    ["an expired token", aToken({}, { state: "expired", findings: [aFinding("expired")] }), "dead_token"],
    ["a revoked token", aToken({}, { state: "revoked", findings: [aFinding("revoked")] }), "dead_token"],
    ["a token of another app", aToken({}, { state: "degraded", alive: null }), "not_known"],
    ["a degraded token", aToken({}, { state: "degraded", findings: [aFinding("scope_missing")] }), null],
  ] as const)("%s", (_, verdict, expected) => {
    expect(refreshObstacle(verdict)?.kind ?? null).toBe(expected);
  });

  it("a token that Meta did not answer for gives Meta's reason", () => {
    const verdict = anUnknown(aFailure({ message: "GET /debug_token was not answered in time." }));
    expect(refreshObstacle(verdict)).toEqual({
      kind: "not_known",
      message: "GET /debug_token was not answered in time.",
    });
  });
});
