import { describe, expect, it } from "vitest";
import { APP_ID, facts, inspectionOf, needs, phone, PHONE, refusal, run, WABA, withPhone } from "./script.ts";

const unknownField = (node: string, field = "display_phone_number") =>
  refusal(100, `(#100) Tried accessing nonexisting field (${field}) on node type (${node})`);

describe("an id of another kind of object", () => {
  it.each(["WhatsAppBusinessAccount", "Business", "Application", "User", "SystemUser", "Page", "AKindOfNextYear"])(
    "is refused and never asked for again: %s where a phone number is set",
    async (node) => {
      const script = {
        "/debug_token": facts(),
        [`/${PHONE}`]: [unknownField(node), { body: { id: PHONE, name: "x" } }],
      };
      const { result, paths } = await run(script, withPhone);
      expect(paths).toEqual(["/debug_token", `/${PHONE}`]);
      expect(inspectionOf(result).assets).toMatchObject([
        { reach: "refused", why: "other_kind", node, evidence: { call: `GET /${PHONE}`, code: 100 } },
      ]);
    },
  );

  it("is reported for the account too", async () => {
    const script = { "/debug_token": facts(), [`/${WABA}`]: unknownField("Business", "health_status") };
    const { result } = await run(script, needs({ whatsappBusinessAccountId: WABA }));
    expect(inspectionOf(result).assets).toMatchObject([{ reach: "refused", why: "other_kind", node: "Business" }]);
  });
});

describe("a blocked app at a live read", () => {
  it.each([
    [200, "API access blocked."],
    [200, "(#200) API access blocked"],
    [190, "Error validating application. Application has been deleted."],
  ])("code %i (%s) says nothing about the token, which is not asked about again", async (code, message) => {
    const script = { "/debug_token": facts(), [`/${PHONE}`]: refusal(code, message) };
    const { result, paths } = await run(script, withPhone);
    expect(paths).toEqual(["/debug_token", `/${PHONE}`]);
    expect(inspectionOf(result).assets).toMatchObject([{ reach: "refused", why: "app_blocked", error: { code } }]);
  });

  it.each([
    [200, "(#200) You do not have permission to access this field"],
    [10, "(#10) Application does not have permission for this action"],
    [368, "The action attempted has been deemed abusive or is otherwise disallowed"],
  ])("code %i (%s) is a refusal of this object alone", async (code, message) => {
    const script = { "/debug_token": facts(), [`/${PHONE}`]: refusal(code, message, 403) };
    const { result } = await run(script, withPhone);
    const [asset] = inspectionOf(result).assets;
    expect(asset).toMatchObject({ reach: "refused", error: { code } });
    expect(asset).not.toHaveProperty("why");
  });
});

describe("the facts about a phone number", () => {
  it("are requested and kept", async () => {
    const entities = [
      { entity_type: "PHONE_NUMBER", id: PHONE, can_send_message: "AVAILABLE" },
      { entity_type: "WABA", id: 100000000001002, can_send_message: "BLOCKED" },
      { entity_type: "APP", id: APP_ID, can_send_message: "AVAILABLE" },
    ];
    const body = { id: PHONE, status: "PENDING", platform_type: "NOT_APPLICABLE", health_status: { entities } };
    const { result, graph } = await run({ "/debug_token": facts(), [`/${PHONE}`]: { body } }, withPhone);
    expect(graph.seen[1]?.query.get("fields")?.split(",")).toEqual(
      expect.arrayContaining(["status", "platform_type", "health_status"]),
    );
    expect(inspectionOf(result).assets).toMatchObject([
      {
        reach: "reached",
        status: "PENDING",
        platform: "NOT_APPLICABLE",
        accounts: ["100000000001002"],
        obstructing: [{ type: "WABA", id: "100000000001002" }],
      },
    ]);
  });

  it("are absent when Graph does not send them", async () => {
    const { result } = await run({ "/debug_token": facts(), [`/${PHONE}`]: phone }, withPhone);
    for (const key of ["status", "platform", "accounts", "obstructing"])
      expect(inspectionOf(result).assets[0]).not.toHaveProperty(key);
  });
});
