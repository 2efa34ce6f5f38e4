import { describe, expect, it } from "vitest";
import { newTokenHelps } from "../../../src/token/findings/new-token-helps.ts";
import type { Finding } from "../../../src/token/findings/finding.ts";
import { aFinding, anEvidence, aVerdict } from "../../support/builders.ts";

const refused = (code: number) => aFinding("phone_unreachable", { evidence: anEvidence({ code }) });

describe("whether a new token helps", () => {
  it.each<[string, readonly Finding[], boolean]>([
    ["an expired token", [aFinding("expired")], true],
    ["a token that expires soon", [aFinding("expires_soon")], true],
    ["a missing permission", [aFinding("scope_missing", { objects: ["one"] })], true],
    ["a token of another app", [aFinding("wrong_app")], true],
    ["a number without access", [refused(100)], true],
    ["a number whose read says that the token is dead", [refused(190)], true],
    ["a restricted account", [refused(368)], false],
    ["a deleted number", [refused(33)], false],
    ["an ID of another kind", [aFinding("waba_unreachable", { why: "other_kind" })], false],
    ["a sending block", [aFinding("sending_blocked")], false],
    ["a number that is not registered", [aFinding("not_registered")], false],
    ["a blocked app, although the token has expired", [aFinding("app_blocked"), aFinding("expired")], false],
    ["one problem of two", [aFinding("sending_blocked"), aFinding("expires_soon")], true],
    ["nothing to fix", [], false],
  ])("with %s", (_name, findings, expected) => {
    expect(newTokenHelps(aVerdict({ findings }))).toBe(expected);
  });
});
