import { describe, expect, it } from "vitest";
import { topicForFinding } from "../../src/guide/finding-topic.ts";
import { CATALOGUE } from "../../src/token/findings/catalogue.ts";
import type { TopicId } from "../../src/guide/topic.ts";
import { anEvidence } from "../support/builders.ts";

const TOPICS: readonly (readonly [string, TopicId])[] = [
  ["expired", "expired"],
  ["revoked", "expired"],
  ["invalid", "step-4"],
  ["not_a_token", "step-4"],
  ["wrong_app", "wrong-app"],
  ["scope_missing", "scopes"],
  ["app_blocked", "app-blocked"],
  ["reach_not_checked", "verify"],
  ["other_account", "ids"],
  ["not_registered", "register"],
  ["phone_unreachable", "account"],
  ["waba_unreachable", "account"],
  ["sending_blocked", "live"],
  ["expires_soon", "never"],
  ["temporary_token", "step-1"],
  ["not_system_user", "step-1"],
  ["data_access_ended", "step-4"],
  ["expiry_not_known", "app-secret"],
  ["proof_refused", "app-secret"],
  ["scope_extra", "scopes"],
  ["sending_limited", "live"],
  ["data_access_ending", "step-4"],
  ["graph_version_old", "verify"],
  ["unreachable", "verify"],
  ["throttled", "verify"],
  ["misconfigured", "app-secret"],
  ["malformed", "verify"],
  ["unreadable", "step-5"],
];

describe("topicForFinding", () => {
  it("has a row here for each code of the catalogue", () => {
    expect(TOPICS.map(([code]) => code)).toEqual(expect.arrayContaining(Object.keys(CATALOGUE)));
  });

  it.each(TOPICS)("%s leads to %s", (code, id) => {
    expect(topicForFinding({ code })).toBe(id);
  });

  it.each<[string, number | null, TopicId]>([
    ["phone_unreachable", 368, "live"],
    ["waba_unreachable", 131_031, "live"],
    ["phone_unreachable", 190, "step-4"],
    ["waba_unreachable", 102, "step-4"],
    ["phone_unreachable", 100, "account"],
    ["phone_unreachable", null, "account"],
    ["revoked", 190, "expired"],
    ["app_blocked", 200, "app-blocked"],
    ["app_blocked", 190, "app-blocked"],
    ["misconfigured", 5, "allow-list"],
    ["misconfigured", 415, "two-factor"],
    ["misconfigured", 2500, "errors"],
    ["misconfigured", 2635, "errors"],
    ["misconfigured", 101, "app-secret"],
    ["misconfigured", 190, "app-secret"],
    ["reach_not_checked", 5, "allow-list"],
    ["reach_not_checked", 4, "verify"],
    ["expires_soon", 5, "never"],
  ])("%s over code %s leads to %s", (code, errorCode, id) => {
    expect(topicForFinding({ code, evidence: anEvidence({ code: errorCode }) })).toBe(id);
  });

  it.each(["misconfigured", "reach_not_checked"])("%s leads to two-factor by its subcode, under any code", (code) => {
    for (const errorCode of [415, 190, 100])
      expect(topicForFinding({ code, evidence: anEvidence({ code: errorCode, subcode: 2_859_009 }) })).toBe(
        "two-factor",
      );
  });

  it.each(["phone_unreachable", "waba_unreachable"])("%s of an id of another kind leads to the ids", (code) => {
    const evidence = anEvidence({ code: 100 });
    expect(topicForFinding({ code, why: "other_kind", evidence })).toBe("ids");
  });

  it.each(["", "something_new", "constructor"])("an unknown code %j leads to the overview", (code) => {
    expect(topicForFinding({ code })).toBe("overview");
  });
});
