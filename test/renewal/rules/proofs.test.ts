import { describe, expect, it } from "vitest";
import { checklistOf } from "../../../src/renewal/rules/checklist.ts";
import { consumerOf, inUse, type ProofReading } from "../../../src/renewal/rules/in-use.ts";
import { readBack } from "../../../src/renewal/rules/read-back.ts";
import { fingerprintOf, Secret } from "../../../src/token/secret/secret.ts";
import { aFinding, SCOPES } from "../../support/builders.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { ACCOUNT, APP, aRenewal, aToken, NEW, OLD, PHONE } from "../renewals.ts";

describe("the checklist", () => {
  const wanted = { appId: APP, scopes: SCOPES, phoneNumberId: PHONE, whatsappBusinessAccountId: ACCOUNT };
  const open = (...args: Parameters<typeof aToken>): readonly string[] =>
    checklistOf(aToken(...args), wanted)
      .filter(({ proven }) => !proven)
      .map(({ item, name }) => (name === null ? item : `${item} ${name}`));

  it.each([
    ["everything is proven", {}, {}, []],
    ["another app", { appId: "100000000000077" }, {}, ["app"]],
    ["no known app", { appId: null }, {}, ["app"]],
    ["a user's token", { type: "USER" }, {}, ["system_user"]],
    ["one permission", { scopes: [SCOPES[0]] }, {}, [`permission ${SCOPES[1]}`]],
    ["no known permissions", { scopes: null }, {}, SCOPES.map((scope) => `permission ${scope}`)],
    ["no reads", {}, { assets: [] }, [`phone ${PHONE}`, `account ${ACCOUNT}`]],
    ["no known end", { expiry: { kind: "not_known" } }, {}, ["expiry"]],
    ["a Never token", { expiry: { kind: "never" } }, {}, []],
  ] as const)("%s", (_, token, fields, expected) => {
    expect(open(token, fields)).toEqual(expected);
  });

  it("nothing is proven about a dead token", () => {
    expect(open({}, { alive: false, findings: [aFinding("revoked")] })).toHaveLength(7);
  });

  it("asks only for configured IDs", () => {
    const items = checklistOf(aToken(), { ...wanted, phoneNumberId: undefined, whatsappBusinessAccountId: undefined });
    expect(items.map(({ item }) => item)).toEqual(["app", "system_user", "permission", "permission", "expiry"]);
  });
});

describe("read back", () => {
  const old = new Secret(fakeToken("old"));
  const fresh = new Secret(fakeToken("fresh"));
  const renewal = aRenewal({
    before: { fingerprint: fingerprintOf(old), expiry: { kind: "never" } },
    after: { fingerprint: fingerprintOf(fresh), expiry: { kind: "never" } },
  });
  const given = (secret: Secret, note: string | null = null) => ({ ok: true, secret, note }) as const;

  it.each([
    ["the new token", given(fresh), "done", "read"],
    ["the new token after a restart", given(fresh, "read at start"), "done", "read"],
    ["the old token", given(old), "not_proven", "still_old"],
    ["the old token of a variable", given(old, "read at start"), "not_proven", "restart_bot"],
    ["another token", given(new Secret(fakeToken("third"))), "not_proven", "other_token"],
    ["a short value", given(new Secret("short")), "not_proven", "other_token"],
    ["nothing", { ok: false, message: "It is empty." }, "not_proven", "not_read"],
  ] as const)("the source gives %s", (_, reading, state, kind) => {
    expect(readBack(reading, renewal)).toMatchObject({ state, detail: { kind } });
  });

  it("an unknown new token is never read back", () => {
    expect(readBack(given(new Secret("short")), { before: null, after: null }).state).toBe("not_proven");
  });
});

describe("in use", () => {
  const proof = { kind: "url", url: "https://robin:x@orders.example/fingerprint?key=x" } as const;
  const second = { kind: "exec", argv: ["crm-proof", "--now"] } as const;
  const gives = (...fingerprints: readonly string[]): ProofReading => ({ proof, answer: { ok: true, fingerprints } });
  const alsoGives = (fingerprint: string): ProofReading => ({
    proof: second,
    answer: { ok: true, fingerprints: [fingerprint] },
  });

  it.each([
    ["the first new fingerprint", 0, [gives(NEW)], 1, "not_proven", "proven"],
    ["the second", 1, [gives(NEW)], 2, "not_proven", "proven"],
    ["the third", 2, [gives(NEW, NEW)], 3, "done", "proven"],
    ["the third of two consumers", 2, [gives(NEW), alsoGives(NEW)], 3, "done", "proven"],
    ["the old one", 2, [gives(OLD)], 0, "not_proven", "old_in_use"],
    ["the old one beside the new one", 2, [gives(NEW, OLD)], 0, "not_proven", "old_in_use"],
    ["the old one of one consumer", 2, [gives(NEW), alsoGives(OLD)], 0, "not_proven", "old_in_use"],
    ["another one", 2, [gives(NEW, "cccccccccccc")], 0, "not_proven", "proof_failed"],
    ["no fingerprint", 2, [gives()], 0, "not_proven", "proof_failed"],
    ["no answer", 2, [{ proof, answer: { ok: false, message: "500" } }], 0, "not_proven", "proof_failed"],
    ["no proof", 2, [], 0, "not_proven", "no_proof"],
  ] as const)("%s", (_, seenInUse, readings, seen, state, kind) => {
    expect(inUse(aRenewal({ seenInUse }), readings)).toMatchObject({ seen, state, detail: { kind } });
  });

  it("names the consumers that use the old token, without credentials and arguments", () => {
    expect(inUse(aRenewal(), [gives(OLD), alsoGives(OLD)]).detail).toEqual({
      kind: "old_in_use",
      consumers: ["https://orders.example/fingerprint", "command crm-proof"],
    });
    expect(consumerOf({ kind: "url", url: "no address" })).toBe("a proof");
  });

  it("counts the same string as the new token", () => {
    const same = aRenewal({ after: { fingerprint: OLD, expiry: { kind: "never" } }, seenInUse: 2 });
    expect(inUse(same, [gives(OLD)]).state).toBe("done");
  });
});
