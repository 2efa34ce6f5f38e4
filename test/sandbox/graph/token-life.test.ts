import { expect, it } from "vitest";
import { dayMs, openRig, phonePath } from "./graph-rig.ts";

const seconds = (date: string): number => Date.parse(date) / 1000;

it("a token past its date expires by itself, with Pacific time in the text", async () => {
  const { clock, debug, ask, tokens } = await openRig();
  expect((await debug(tokens.sixtyDay)).body.data).toMatchObject({ is_valid: true });
  clock.advance(5 * dayMs + 60_000);
  const message =
    "Error validating access token: Session has expired on Thursday, 26-Nov-26 16:00:00 PST. " +
    "The current time is Thursday, 26-Nov-26 16:01:00 PST.";
  const { status, body } = await debug(tokens.sixtyDay);
  expect(status).toBe(200);
  expect(body.data).toMatchObject({
    is_valid: false,
    expires_at: seconds("2026-11-27T00:00:00Z"),
    error: { code: 190, subcode: 463, message },
    scopes: ["whatsapp_business_management", "whatsapp_business_messaging"],
  });
  const read = await ask(phonePath, tokens.sixtyDay);
  expect(read.status).toBe(401);
  expect(read.body.error).toMatchObject({ code: 190, error_subcode: 463, message });
  expect(read.headers.get("www-authenticate")).toContain("Session has expired");
});

it("a dead token in the query answers 400, not 401", async () => {
  const { ask, graph, tokens } = await openRig();
  graph.expire(tokens.never);
  expect((await ask(`/me?access_token=${tokens.never}`)).status).toBe(400);
});

it.each([
  [undefined, 466, /invalidated explicitly using an API call/],
  [460, 460, /changed their password/],
  [467, 467, /logged out/],
])("revoked with %s answers subcode %s", async (given, subcode, message) => {
  const { debug, graph, tokens } = await openRig();
  graph.revoke(tokens.never, given);
  const { body } = await debug(tokens.never);
  expect(body.data).toMatchObject({ is_valid: false, expires_at: 0, error: { code: 190, subcode, message } });
});

it("a revocation may have no subcode, as is possible for system users", async () => {
  const { ask, debug, graph, tokens } = await openRig();
  graph.revoke(tokens.never, null);
  expect((await debug(tokens.never)).body.data?.["error"]).toEqual({
    code: 190,
    message: "Error validating access token: The session has been invalidated.",
  });
  expect((await ask("/me", tokens.never)).body.error).not.toHaveProperty("error_subcode");
});

it("a removed app has its own subcode", async () => {
  const { debug, graph, tokens } = await openRig();
  graph.removeApp(tokens.apiSetup);
  expect((await debug(tokens.apiSetup)).body.data).toMatchObject({ error: { subcode: 458 }, scopes: [] });
});

it("rotation issues a token with a full lifetime, and the old one works until its own date", async () => {
  const { clock, debug, graph, tokens } = await openRig();
  const renewed = graph.rotate(tokens.sixtyDay);
  expect(renewed).not.toBe(tokens.sixtyDay);
  const { data } = (await debug(renewed)).body;
  expect(data).toMatchObject({
    issued_at: seconds("2026-11-22T00:00:00Z"),
    expires_at: seconds("2027-01-21T00:00:00Z"),
  });
  expect((await debug(tokens.sixtyDay)).body.data).toMatchObject({ is_valid: true });
  clock.advance(6 * dayMs);
  expect((await debug(tokens.sixtyDay)).body.data).toMatchObject({ is_valid: false });
  expect((await debug(renewed)).body.data).toMatchObject({ is_valid: true });
});

it("a rotated never-expiring token never expires either, and can be rotated again", async () => {
  const { debug, graph, tokens } = await openRig();
  const twice = graph.rotate(graph.rotate(tokens.never));
  expect((await debug(twice)).body.data).toMatchObject({ is_valid: true, expires_at: 0 });
});

it("scopes can be added and removed", async () => {
  const { ask, debug, graph, tokens } = await openRig();
  graph.addScope(tokens.noMessaging, "whatsapp_business_messaging");
  graph.removeScope(tokens.noMessaging, "whatsapp_business_management");
  expect((await debug(tokens.noMessaging)).body.data).toMatchObject({ scopes: ["whatsapp_business_messaging"] });
  expect((await ask("/me/permissions", tokens.noMessaging)).body.data).toEqual([
    { permission: "whatsapp_business_messaging", status: "granted" },
    { permission: "whatsapp_business_management", status: "declined" },
  ]);
});

it("a label always gives the same token and cannot be used twice", async () => {
  const one = await openRig();
  const other = await openRig();
  expect(one.tokens).toEqual(other.tokens);
  expect(one.tokens.never).toMatch(/^EAA[0-9A-Za-z]{150,}$/);
  expect(() => one.graph.issueToken({ label: "never-expiring" })).toThrow("choose another label");
});

it("verbs name the missing token or asset", async () => {
  const { graph } = await openRig();
  expect(() => graph.revoke("nothing")).toThrow("has not issued that token");
  expect(() => graph.unassign("1")).toThrow("has no asset 1");
  expect(() => graph.resetAppSecret("1")).toThrow("has no app 1");
  expect(() => graph.addPhone({ id: "2", accountId: "1" })).toThrow("has no account 1");
});
