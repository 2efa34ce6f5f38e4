import { expect, it } from "vitest";
import { demoIds } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import { accountPath, appId, openRig, phonePath } from "./graph-rig.ts";

it.each([demoIds.phone, demoIds.account, demoIds.business, appId])(
  "sending blocked at %s blocks the number, and the token stays good",
  async (entity) => {
    const { ask, debug, graph, tokens } = await openRig();
    graph.blockSending(entity);
    const { status, body } = await ask(`${phonePath}?fields=health_status`, tokens.never);
    expect(status).toBe(200);
    expect(body["health_status"]).toMatchObject({ can_send_message: "BLOCKED" });
    const { entities } = body["health_status"] as { entities: { id: string }[] };
    expect(entities.find(({ id }) => id === entity)).toMatchObject({
      can_send_message: "BLOCKED",
      errors: [{ error_code: 141006, error_description: expect.any(String), possible_solution: expect.any(String) }],
    });
    expect((await debug(tokens.never)).body.data).toMatchObject({ is_valid: true });
    graph.unblockSending(entity);
    const healed = (await ask(`${phonePath}?fields=health_status`, tokens.never)).body;
    expect(healed["health_status"]).toMatchObject({ can_send_message: "AVAILABLE" });
  },
);

it("the worst entity determines the overall state", async () => {
  const { ask, graph, tokens } = await openRig();
  graph.limitSending(demoIds.business, "Verify the business.");
  const limited = (await ask(`${accountPath}?fields=health_status`, tokens.never)).body;
  expect(limited["health_status"]).toMatchObject({
    can_send_message: "LIMITED",
    entities: [
      { entity_type: "WABA", can_send_message: "AVAILABLE" },
      { entity_type: "BUSINESS", can_send_message: "LIMITED", additional_info: ["Verify the business."] },
      { entity_type: "APP", can_send_message: "AVAILABLE" },
    ],
  });
  const noise = { code: 138024, description: "SIP calling is not enabled.", solution: "Enable it." };
  graph.blockSending(demoIds.account, noise);
  const blocked = (await ask(`${accountPath}?fields=health_status`, tokens.never)).body;
  expect(blocked["health_status"]).toMatchObject({
    can_send_message: "BLOCKED",
    entities: [{ errors: [{ error_code: 138024 }] }, {}, {}],
  });
});
