import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoIds } from "../../sandbox/graph/tokens/demo-tokens.ts";
import { openWorld, type World } from "../../sandbox/world.ts";
import { createGraphClient, type GraphClient } from "../../src/graph/client.ts";
import { createLookUps, type LookUps } from "../../src/graph/look-ups.ts";
import { Secret } from "../../src/token/secret/secret.ts";

describe("the look-ups around a token", () => {
  let world: World;
  let client: GraphClient;
  let lookUps: LookUps;

  beforeAll(async () => {
    world = await openWorld({ mode: "socket" });
    const { now } = world.clock;
    client = createGraphClient({ baseUrl: world.graph.url, version: "v26.0", now });
    const app = { id: world.graph.appId, secret: new Secret("sandbox-app-secret") };
    lookUps = createLookUps(client, { now, wait: () => Promise.resolve() }, app);
  });

  afterAll(async () => {
    await client.close();
    await world.close();
  });

  const never = () => new Secret(world.tokens.never);

  it("names the app that issued a token", async () => {
    expect(await lookUps.app(never())).toMatchObject({ ok: true, value: { id: world.graph.appId } });
  });

  it("reports a token that Meta refuses", async () => {
    expect(await lookUps.app(new Secret("not-a-token-of-the-sandbox"))).toMatchObject({ ok: false });
  });

  it.each([
    [demoIds.phone, { kind: "phone", name: "Example Shop" }],
    [demoIds.account, { kind: "waba", name: "Example Shop" }],
    ["15550100001", { kind: "refused", code: 100 }],
  ])("says what kind of object the ID %s is", async (id, kind) => {
    expect(await lookUps.object(never(), id)).toMatchObject(kind);
  });

  it("names any other kind as Meta does", async () => {
    const message = "(#100) Tried accessing nonexisting field (verified_name) on node type (Business)";
    world.graph.answerWith(`/v26.0/${demoIds.business}`, { status: 400, body: { error: { code: 100, message } } }, 1);
    expect(await lookUps.object(never(), demoIds.business)).toEqual({ kind: "other", node: "Business" });
  });

  it("lists the numbers of an account", async () => {
    expect(await lookUps.numbers(never(), demoIds.account)).toMatchObject({
      ok: true,
      value: [{ id: demoIds.phone, name: "Example Shop", display: expect.stringMatching(/^\+/) as string }],
    });
  });

  it.each([
    ["refuses", { status: 400, body: { error: { code: 100, error_subcode: 33, message: "no" } } }],
    ["answers something else", { status: 200, body: { data: "none" } }],
  ])("gives a failure when Meta %s", async (_name, answer) => {
    world.graph.answerWith(`/v26.0/${demoIds.account}/phone_numbers`, answer, 1);
    expect(await lookUps.numbers(never(), demoIds.account)).toMatchObject({
      ok: false,
      failure: { kind: "malformed" },
    });
  });
});
