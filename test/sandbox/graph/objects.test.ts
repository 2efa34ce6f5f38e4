import { expect, it } from "vitest";
import { demoIds } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import { accountPath, appToken, openRig, phonePath } from "./graph-rig.ts";

const refused = { code: 100, error_subcode: 33, type: "GraphMethodException" };

it("a number answers the requested fields and its id", async () => {
  const { ask, tokens } = await openRig();
  const { body } = await ask(`${phonePath}?fields=verified_name,health_status{can_send_message},status`, tokens.never);
  expect(Object.keys(body)).toEqual(["verified_name", "health_status", "status", "id"]);
  expect(body["health_status"]).toMatchObject({ can_send_message: "AVAILABLE" });
});

it("a number that is not registered says so", async () => {
  const { ask, graph, tokens } = await openRig();
  const id = "100000000002009";
  graph.addPhone({ id, accountId: demoIds.account, status: "PENDING", platformType: "NOT_APPLICABLE" });
  const { body } = await ask(`/${id}?fields=status,platform_type`, tokens.never);
  expect(body).toEqual({ status: "PENDING", platform_type: "NOT_APPLICABLE", id });
});

it("an account answers its default fields", async () => {
  const { ask, tokens } = await openRig();
  expect((await ask(accountPath, tokens.never)).body).toMatchObject({ id: demoIds.account, name: "Example Shop" });
});

it.each([
  [phonePath, "WhatsAppBusinessPhoneNumber"],
  [accountPath, "WhatsAppBusinessAccount"],
])("one unknown field fails the whole read of %s", async (path, type) => {
  const { ask, tokens } = await openRig();
  const { status, body } = await ask(`${path}?fields=id,colour`, tokens.never);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({
    code: 100,
    message: `(#100) Tried accessing nonexisting field (colour) on node type (${type})`,
  });
});

it.each([
  ["an id nobody has", "/123", "never"],
  ["a number of an account that was not assigned", phonePath, "unassigned"],
  ["an account that was not assigned", accountPath, "unassigned"],
] as const)("%s does not exist for the caller", async (_, path, which) => {
  const { ask, tokens } = await openRig();
  const { status, body } = await ask(path, tokens[which]);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ ...refused, message: expect.stringContaining(`ID '${path.slice(1)}'`) });
});

it("an assignment takes effect at once, for an account with its numbers or for one number", async () => {
  const { ask, graph, tokens } = await openRig();
  graph.unassign(demoIds.account, demoIds.systemUser);
  expect((await ask(phonePath, tokens.never)).body.error).toMatchObject(refused);
  expect((await ask(phonePath, tokens.apiSetup)).status).toBe(200);
  graph.assign(demoIds.account, demoIds.systemUser);
  expect((await ask(phonePath, tokens.never)).status).toBe(200);
  graph.unassign(demoIds.phone);
  expect((await ask(phonePath, tokens.never)).body.error).toMatchObject(refused);
  expect((await ask(accountPath, tokens.never)).status).toBe(200);
});

it("without the management scope the read fails with a permission error", async () => {
  const { ask, graph, tokens } = await openRig();
  graph.removeScope(tokens.never, "whatsapp_business_management");
  const { status, body } = await ask(phonePath, tokens.never);
  expect(status).toBe(403);
  expect(body.error).toMatchObject({ code: 10 });
});

it("an app token is rejected where a user's access is needed", async () => {
  const { ask } = await openRig();
  const { status, body } = await ask(phonePath, appToken);
  expect(status).toBe(403);
  expect(body.error).toMatchObject({ code: 200, message: "(#200) You do not have permission to access this field" });
});

it("a call without a token is answered like a missing app id", async () => {
  const { ask } = await openRig();
  expect((await ask(phonePath)).body.error).toMatchObject({ code: 200, message: "(#200) Provide valid app ID" });
});

it("numbers are paged, and the next link repeats the Bearer token", async () => {
  const { ask, graph, tokens } = await openRig();
  graph.addPhone({ id: "100000000002002", accountId: demoIds.account, displayNumber: "+1 555-010-0002" });
  const ids: unknown[] = [];
  let path = `${accountPath}/phone_numbers?limit=1&fields=id`;
  for (let page = 0; page < 3; page += 1) {
    const { body } = await ask(path, tokens.never);
    ids.push(...(body.data ?? []).map(({ id }) => id));
    const { next } = (body["paging"] ?? {}) as { next?: string };
    if (next === undefined) break;
    expect(next.startsWith(`${graph.url}/v26.0${accountPath}/phone_numbers?`)).toBe(true);
    expect(new URL(next).searchParams.get("access_token")).toBe(tokens.never);
    path = next.slice(`${graph.url}/v26.0`.length);
  }
  expect(ids).toEqual(["100000000002001", "100000000002002"]);
  const { body } = await ask(path, tokens.never);
  expect(body).toEqual({ data: [] });
});

it("an edge that an object does not have is an unknown field", async () => {
  const { ask, tokens } = await openRig();
  for (const path of [`${phonePath}/phone_numbers`, `${accountPath}/colours`]) {
    expect((await ask(path, tokens.never)).body.error).toMatchObject({ code: 100, message: /nonexisting field/ });
  }
});

it("POST is refused", async () => {
  const { ask, tokens } = await openRig();
  const { body } = await ask(phonePath, tokens.never, "POST");
  expect(body.error).toMatchObject({ ...refused, message: /^Unsupported post request/ });
});

it("JSON is written with escaped slashes, as Meta writes it", async () => {
  const { graph, tokens } = await openRig();
  const response = await fetch(`${graph.url}/v26.0${phonePath}`, {
    headers: { authorization: `OAuth ${tokens.never}` },
  });
  expect(await response.text()).toContain(String.raw`"https:\/\/example.com\/webhook"`);
});
