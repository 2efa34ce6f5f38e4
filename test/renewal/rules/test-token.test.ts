import { describe, expect, it } from "vitest";
import { type Candidate, isUntested, testToken } from "../../../src/renewal/rules/test-token.ts";
import { aFailure, aFinding, after, anUnknown, SCOPES } from "../../support/builders.ts";
import { ACCOUNT, APP, aToken, DAY, NEW, OLD, PHONE } from "../renewals.ts";

const at = (days: number) => ({ kind: "at", at: after(days * DAY) }) as const;
const never = { kind: "never" } as const;
const unknownEnd = { kind: "not_known" } as const;

const fresh = (...[token, fields]: Parameters<typeof aToken>) =>
  aToken({ fingerprint: NEW, expiry: at(60), ...token }, fields);

const asset = (id: string, reach: "refused" | "not_known", message?: string) => ({
  kind: "phone" as const,
  id,
  name: null,
  reach,
  sending: null,
  failure: message === undefined ? null : aFailure({ message }),
});

const [phone, account] = aToken().assets;
const dead = aToken({}, { state: "expired", alive: false, findings: [aFinding("expired")] });

const test = (fields: Partial<Candidate>) =>
  testToken({
    way: "refresh",
    verdict: fresh(),
    old: aToken(),
    replaces: OLD,
    ids: [PHONE, ACCOUNT],
    appId: APP,
    acceptSooner: false,
    others: new Map([["crm-prod", "cccccccccccc"]]),
    textOf: ({ code }) => `about ${code}`,
    ...fields,
  });

describe("a new token passes the test", () => {
  const rows: readonly [string, Partial<Candidate>][] = [
    ["refreshed, it ends later", {}],
    ["refreshed, the same string ends later", { verdict: fresh({ fingerprint: OLD }) }],
    ["refreshed, it never ends", { verdict: fresh({ expiry: never }) }],
    ["given, it ends at the same time", { way: "given", verdict: fresh({ expiry: at(10) }) }],
    ["given, it never ends", { way: "given", verdict: fresh({ expiry: never }) }],
    [
      "given, it ends sooner and a person accepted that",
      { way: "given", verdict: fresh({ expiry: at(5) }), acceptSooner: true },
    ],
    ["given, it is a user's token", { way: "given", verdict: fresh({ type: "USER" }) }],
    [
      "given, the old one is dead and would have lasted longer",
      { way: "given", verdict: fresh({ expiry: at(1), scopes: SCOPES }), old: { ...dead } },
    ],
    ["given, there is no old one", { way: "given", old: null, replaces: null }],
    [
      "given, a person saved it before, and a watch of the same source has it already",
      {
        way: "given",
        verdict: fresh({ fingerprint: NEW }),
        old: fresh({ fingerprint: NEW }),
        others: new Map([["crm-prod", NEW]]),
      },
    ],
    [
      "given, the old one belongs to another app",
      {
        way: "given",
        old: aToken({ scopes: null }, { state: "degraded", alive: null, findings: [aFinding("wrong_app")] }),
      },
    ],
    [
      "given, the end of the old one is not known and the new one never ends",
      { way: "given", old: aToken({ expiry: unknownEnd }), verdict: fresh({ expiry: never }) },
    ],
    ["it has a warning", { verdict: fresh({}, { findings: [aFinding("not_registered")] }) }],
    ["it has more permissions", { verdict: fresh({ scopes: [...SCOPES, "business_management"] }) }],
    ["only the permission that every login has is missing", { old: aToken({ scopes: [...SCOPES, "public_profile"] }) }],
    [
      "one ID is configured and reached",
      { ids: [PHONE], verdict: fresh({}, { assets: phone === undefined ? [] : [phone] }) },
    ],
  ];

  it.each(rows)("%s", (_, fields) => {
    expect(test(fields)).toEqual({ state: "done", detail: { kind: "tested" } });
  });
});

describe("a new token fails the test", () => {
  const critical = fresh({}, { findings: [aFinding("scope_missing"), aFinding("not_registered")] });
  const rows: readonly [string, Partial<Candidate>, object][] = [
    ["it is the old one again", { way: "given", verdict: fresh({ fingerprint: OLD }) }, { kind: "same_token" }],
    ["it is the dead old one again", { way: "given", verdict: { ...dead }, old: dead }, { kind: "same_token" }],
    [
      "it is the old one again, and the source gives another one meanwhile",
      { way: "given", verdict: fresh({ fingerprint: OLD }), old: fresh() },
      { kind: "same_token" },
    ],
    [
      "another watch uses it",
      { way: "given", verdict: fresh({ fingerprint: "cccccccccccc" }) },
      { kind: "token_of_watch", watch: "crm-prod" },
    ],
    [
      "Meta does not answer",
      { verdict: anUnknown({ message: "No answer." }) },
      { kind: "not_tested", message: "No answer." },
    ],
    [
      "a finding is critical",
      { verdict: critical },
      { kind: "findings", codes: ["scope_missing"], texts: ["about scope_missing"] },
    ],
    ["Meta does not say that it is alive", { verdict: fresh({}, { alive: null }) }, { kind: "not_tested" }],
    ["its app is not known", { verdict: fresh({ appId: null }) }, { kind: "not_tested" }],
    ["its app is another one", { verdict: fresh({ appId: "100000000000077" }) }, { kind: "not_tested" }],
    [
      "an ID is refused",
      { verdict: fresh({}, { assets: [asset(PHONE, "refused"), ...(account === undefined ? [] : [account])] }) },
      { kind: "not_reached", ids: [PHONE] },
    ],
    [
      "an ID was not read",
      { verdict: fresh({}, { assets: [asset(PHONE, "not_known", "Too slow.")] }) },
      { kind: "not_tested", message: "Too slow." },
    ],
    ["a configured ID is missing in the answer", { verdict: fresh({}, { assets: [] }) }, { kind: "not_tested" }],
    ["its type is not known", { verdict: fresh({ type: null }) }, { kind: "type_not_known" }],
    ["its end is not known", { verdict: fresh({ expiry: unknownEnd }) }, { kind: "end_not_known" }],
    ["its end is past", { verdict: fresh({ expiry: at(-1) }), old: null }, { kind: "ends_not_later" }],
    [
      "it lost a permission",
      { old: aToken({ scopes: [...SCOPES, "business_management"] }) },
      { kind: "permissions_lost", scopes: ["business_management"] },
    ],
    [
      "a given one lost a permission, whatever a person accepts",
      { way: "given", acceptSooner: true, old: aToken({ scopes: [...SCOPES, "business_management"] }) },
      { kind: "permissions_lost", scopes: ["business_management"] },
    ],
    ["the old permissions are not known", { old: aToken({ scopes: null }) }, { kind: "not_tested" }],
    ["its permissions are not known", { verdict: fresh({ scopes: null }) }, { kind: "not_tested" }],
    [
      "Meta does not answer for the old one",
      { old: anUnknown({ message: "Throttled." }) },
      { kind: "not_tested", message: "Throttled." },
    ],
    ["refreshed, it ends at the same time", { verdict: fresh({ expiry: at(10) }) }, { kind: "ends_not_later" }],
    [
      "refreshed, it ends sooner, whatever a person accepts",
      { verdict: fresh({ expiry: at(5) }), acceptSooner: true },
      { kind: "ends_not_later" },
    ],
    ["given, it ends sooner", { way: "given", verdict: fresh({ expiry: at(5) }) }, { kind: "ends_sooner" }],
    ["given, the old one never ends", { way: "given", old: aToken({ expiry: never }) }, { kind: "ends_sooner" }],
    [
      "given, the end of the old one is not known",
      { way: "given", old: aToken({ expiry: unknownEnd }) },
      { kind: "not_tested" },
    ],
  ];

  it.each(rows)("%s", (_, fields, detail) => {
    expect(test(fields)).toMatchObject({ state: "failed", detail });
  });
});

it("a test without an answer of Meta is not a refusal", () => {
  const kinds = ["type_not_known", "end_not_known", "ends_sooner", "same_token"] as const;
  expect(kinds.filter((kind) => isUntested({ detail: { kind } }))).toEqual(["type_not_known", "end_not_known"]);
  expect(isUntested({ detail: { kind: "not_tested", message: "No answer." } })).toBe(true);
});
