import { expect, it } from "vitest";
import { fakeToken } from "../../../sandbox/fake-token.ts";
import { demoIds } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import { appId, appSecret, appToken, openRig } from "./graph-rig.ts";

const needsApp =
  "(#100) You must provide an app access token, or a user access token that is an owner or developer of the app";
const unknownToken = fakeToken("never issued");

it.each([
  ["without a credential", null, 100, needsApp],
  ["with an app token of a wrong secret", `${appId}|wrong`, 190, "Invalid OAuth access token signature."],
  ["with an app token of an unknown app", "999|secret", 101, expect.stringContaining("validating application")],
  ["with something unreadable", "rubbish", 190, "Invalid OAuth access token - Cannot parse access token"],
  ["with a token nobody issued", unknownToken, 190, `Malformed access token ${unknownToken}`],
])("a call %s is refused at top level", async (_, caller, code, message) => {
  const { debug, tokens } = await openRig();
  const { status, headers, body } = await debug(tokens.never, caller);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code, message, type: "OAuthException", fbtrace_id: expect.any(String) });
  const reason = code === 190 ? "invalid_token" : "invalid_request";
  expect(headers.get("www-authenticate")).toContain(`OAuth "Facebook Platform" "${reason}"`);
});

it("a system-user token may not inspect, not even itself", async () => {
  const { debug, tokens } = await openRig();
  const { body } = await debug(tokens.never, tokens.never);
  expect(body.error).toMatchObject({ code: 100, message: needsApp });
});

it("a developer's own user token may inspect tokens of the app", async () => {
  const { debug, graph, tokens } = await openRig();
  graph.state.apps.get(appId)?.developers.add(demoIds.person);
  const { status, body } = await debug(tokens.never, tokens.apiSetup);
  expect(status).toBe(200);
  expect(body.data).toMatchObject({ is_valid: true });
});

it("an app of type Native is treated as if it had sent no app token", async () => {
  const { debug, graph, tokens } = await openRig();
  graph.addApp({ id: "100000000000044", secret: "native-secret", native: true });
  const { body } = await debug(tokens.never, "100000000000044|native-secret");
  expect(body.error).toMatchObject({ code: 100, message: needsApp });
});

it("the app token is accepted in the query too, with its pipe encoded", async () => {
  const { ask, tokens } = await openRig();
  const query = new URLSearchParams({ input_token: tokens.never, access_token: appToken });
  expect((await ask(`/debug_token?${query.toString()}`)).status).toBe(200);
});

it("input_token is required", async () => {
  const { ask } = await openRig();
  const { status, body } = await ask("/debug_token", appToken);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: 100, message: "(#100) The parameter input_token is required" });
});

it("POST is refused, so the inspected token is always in the URL", async () => {
  const { ask } = await openRig();
  const { status, body } = await ask("/debug_token", appToken, "POST");
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: 100, error_subcode: 33, message: /^Unsupported post request\./ });
});

it("a token of another app is refused", async () => {
  const { debug, tokens } = await openRig();
  const { status, body } = await debug(tokens.otherApp);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({
    code: 100,
    message: "(#100) The App_id in the input_token did not match the Viewing App",
  });
});

it("the other app can inspect its own token", async () => {
  const { debug, graph, tokens } = await openRig();
  const secret = graph.state.apps.get(demoIds.otherApp)?.secret ?? "";
  const { body } = await debug(tokens.otherApp, `${demoIds.otherApp}|${secret}`);
  expect(body.data).toMatchObject({ app_id: demoIds.otherApp, is_valid: true });
});

it("a value that is not a token gets 200 with only the error", async () => {
  const { debug } = await openRig();
  const { status, body } = await debug("rubbish");
  expect(status).toBe(200);
  expect(body.data).toEqual({
    error: { code: 190, message: "Invalid OAuth access token - Cannot parse access token" },
    is_valid: false,
    scopes: [],
  });
});

it("an app token inspects itself as type APP without dates", async () => {
  const { debug } = await openRig();
  const { body } = await debug(appToken);
  expect(body.data).toEqual({
    app_id: appId,
    type: "APP",
    application: "Example Notifier",
    is_valid: true,
    scopes: [],
  });
});

it("`fields` selects the facts", async () => {
  const { ask, tokens } = await openRig();
  const { body } = await ask(`/debug_token?fields=app_id,is_valid&input_token=${tokens.never}`, appToken);
  expect(body).toEqual({ data: { app_id: appId, is_valid: true } });
});

it("after a reset of the app secret only the new one works", async () => {
  const { debug, graph, tokens } = await openRig();
  const secret = graph.resetAppSecret();
  expect(secret).not.toBe(appSecret);
  expect((await debug(tokens.never)).body.error).toMatchObject({ code: 190 });
  expect((await debug(tokens.never, `${appId}|${secret}`)).status).toBe(200);
});
