import { describe, expect, it } from "vitest";
import { clean } from "../../src/graph/clean.ts";
import { readSending } from "../../src/graph/sending.ts";

const available = { entity_type: "APP", can_send_message: "AVAILABLE" };
const limited = { can_send_message: "LIMITED", additional_info: ["Name not approved."] };
const noPayment = { error_code: 141006, error_description: "No payment method", possible_solution: "Add one." };
const noSip = { error_code: 138024, error_description: "SIP is off", possible_solution: "Turn it on" };
const blocked = { can_send_message: "BLOCKED", errors: [noPayment] };

describe("whether Meta reports a sending block", () => {
  it.each([
    ["nothing said", undefined, null, []],
    ["no object", "AVAILABLE", null, []],
    ["the top-level value without entities", { can_send_message: "BLOCKED" }, "blocked", []],
    ["the top-level value with an empty list", { can_send_message: "LIMITED", entities: [] }, "limited", []],
    ["entities outrank the top-level value", { can_send_message: "BLOCKED", entities: [available] }, "available", []],
    ["a limit with its reason", { entities: [available, limited] }, "limited", ["Name not approved."]],
    ["the worst entity", { entities: [limited, blocked, available] }, "blocked", ["No payment method. Add one."]],
    ["errors about calling only", { entities: [{ can_send_message: "BLOCKED", errors: [noSip] }] }, "available", []],
    [
      "an error about calling as text",
      { entities: [{ can_send_message: "BLOCKED", errors: [{ error_code: "138025" }] }] },
      "available",
      [],
    ],
    [
      "calling among real errors",
      { entities: [{ can_send_message: "BLOCKED", errors: [noSip, noPayment] }] },
      "blocked",
      ["No payment method. Add one."],
    ],
    [
      "what is said about receiving calls",
      { entities: [{ ...available, can_receive_call_sip: "BLOCKED" }] },
      "available",
      [],
    ],
    ["an unknown word", { can_send_message: "BLOCKED", entities: [{ can_send_message: "PERHAPS" }] }, null, []],
    [
      "noise among entities",
      { entities: [null, 7, blocked, { errors: "x" }] },
      "blocked",
      ["No payment method. Add one."],
    ],
    ["the same reason twice", { entities: [limited, limited] }, "limited", ["Name not approved."]],
    ["a block without a reason", { entities: [{ can_send_message: "BLOCKED", errors: [{}] }] }, "blocked", []],
  ])("%s", (_name, value, sending, obstacles) => {
    expect(readSending(value, clean)).toMatchObject({ sending, obstacles });
  });

  it("names the entities that block, and every account", () => {
    const entity = (entity_type: string, id: string, can_send_message: string) => ({
      entity_type,
      id,
      can_send_message,
    });
    const entities = [
      entity("PHONE_NUMBER", "1", "AVAILABLE"),
      entity("WABA", "2", "LIMITED"),
      entity("BUSINESS", "3", "BLOCKED"),
      { entity_type: "APP", can_send_message: "BLOCKED" },
    ];
    expect(readSending({ entities }, clean)).toEqual({
      sending: "blocked",
      obstacles: [],
      obstructing: [
        { type: "BUSINESS", id: "3" },
        { type: "APP", id: null },
      ],
      accounts: ["2"],
    });
  });

  it("many long reasons are kept short", () => {
    const additional_info = Array.from({ length: 50 }, (_, index) => `${index} ${"x ".repeat(500)}`);
    const { obstacles } = readSending({ entities: [{ can_send_message: "LIMITED", additional_info }] }, clean);
    expect(obstacles).toHaveLength(5);
    expect(Math.max(...obstacles.map((text) => text.length))).toBe(300);
  });
});
