import { expect, it } from "vitest";
import { appId, appToken, openRig } from "./graph-rig.ts";

it("names the person behind a token", async () => {
  const { ask, tokens } = await openRig();
  const { status, body } = await ask("/me?fields=id,name", tokens.never);
  expect(status).toBe(200);
  expect(body).toEqual({ id: "100000000000777", name: "example-notifier-system-user" });
});

it.each([
  ["no token", undefined],
  ["an app token", appToken],
])("%s has no /me", async (_, bearer) => {
  const { ask } = await openRig();
  for (const path of ["/me", "/me/permissions"]) {
    const { status, body } = await ask(path, bearer);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 2500 });
  }
});

it("lists granted permissions, even without any WhatsApp asset", async () => {
  const { ask, tokens } = await openRig();
  const { body } = await ask("/me/permissions", tokens.unassigned);
  expect(body.data).toContainEqual({ permission: "whatsapp_business_messaging", status: "granted" });
});

it.each([
  ["a user's or system user's token", "never", { name: "Example Notifier", id: appId }],
  ["a token of another app", "otherApp", { name: "Example Other App", id: "100000000000043" }],
] as const)("/app names the issuing app of %s", async (_, which, expected) => {
  const { ask, tokens } = await openRig();
  expect((await ask("/app", tokens[which])).body).toEqual(expected);
});

it("/app needs a token", async () => {
  const { ask } = await openRig();
  expect((await ask("/app")).body.error).toMatchObject({ code: 104 });
  expect((await ask("/app", appToken)).body).toMatchObject({ id: appId });
});
