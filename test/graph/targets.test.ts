import { expect, it } from "vitest";
import { readTargets } from "../../src/graph/targets.ts";
import { Secret } from "../../src/token/secret/secret.ts";
import { fakeToken } from "../support/fake-token.ts";
import { anAnswer, stubClient } from "./stub-client.ts";

const app = { id: "100000000000042", secret: new Secret("made-up-app-secret") };

it.each<[what: string, body: unknown, accounts: readonly string[]]>([
  [
    "the accounts of both WhatsApp permissions, once each",
    {
      data: {
        granular_scopes: [
          { scope: "whatsapp_business_management", target_ids: ["10001", 10002] },
          { scope: "whatsapp_business_messaging", target_ids: ["10001"] },
        ],
      },
    },
    ["10001", "10002"],
  ],
  ["no business", { data: { granular_scopes: [{ scope: "business_management", target_ids: ["10003"] }] } }, []],
  ["nothing without targets", { data: { granular_scopes: [{ scope: "whatsapp_business_management" }] } }, []],
  ["nothing without granular scopes", { data: { is_valid: true } }, []],
  ["nothing from noise", { data: { granular_scopes: [1, "x", { scope: 2 }] } }, []],
  ["nothing from an error", { error: { code: 190, message: "no" } }, []],
])("reads %s", async (_what, body, accounts) => {
  const client = stubClient(() => anAnswer(body));
  expect(await readTargets(client, new Secret(fakeToken("targets")), app)).toEqual(accounts);
});

it("reads nothing when Meta does not answer", async () => {
  const client = stubClient(() => ({ kind: "timeout", headers: {} }));
  expect(await readTargets(client, new Secret(fakeToken("targets")), app)).toEqual([]);
});
