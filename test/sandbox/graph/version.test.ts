import { expect, it } from "vitest";
import { openRig } from "./graph-rig.ts";

it.each([
  ["/v26.0", "v26.0"],
  ["/v24.0", "v24.0"],
  ["", "v21.0"],
  ["/v19.0", "v21.0"],
])("a call to %s/me is answered by %s", async (prefix, version) => {
  const { graph, tokens } = await openRig();
  const response = await fetch(`${graph.url}${prefix}/me`, { headers: { authorization: `Bearer ${tokens.never}` } });
  expect(response.status).toBe(200);
  expect(response.headers.get("facebook-api-version")).toBe(version);
});

it("a retired version is replaced by the oldest live one", async () => {
  const { clock, graph, tokens } = await openRig();
  clock.set(new Date("2028-08-01T00:00:00Z"));
  const response = await fetch(`${graph.url}/v25.0/me`, { headers: { authorization: `Bearer ${tokens.never}` } });
  expect(response.headers.get("facebook-api-version")).toBe("v26.0");
});

it("a version that does not exist yet is refused", async () => {
  const { graph } = await openRig();
  const response = await fetch(`${graph.url}/v99.0/me`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 2500, message: "Unknown path components: /v99.0/me" } });
});

it("every answer carries Meta's headers and the date of the sandbox's clock", async () => {
  const { ask, tokens } = await openRig();
  const first = (await ask("/me", tokens.never)).headers;
  const second = (await ask("/me", "rubbish")).headers;
  for (const headers of [first, second]) {
    expect(headers.get("content-type")).toBe("application/json; charset=UTF-8");
    expect(headers.get("x-fb-request-id")).toMatch(/^A[0-9A-Za-z]{22}$/);
    expect(headers.get("x-fb-trace-id")).toMatch(/^[0-9A-Za-z]{11}$/);
    expect(headers.get("date")).toBe("Sun, 22 Nov 2026 00:00:00 GMT");
  }
  expect(first.get("www-authenticate")).toBeNull();
  expect(first.get("x-fb-request-id")).not.toBe(second.get("x-fb-request-id"));
});
