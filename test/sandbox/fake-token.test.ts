import { expect, it } from "vitest";
import { fakeToken } from "../../sandbox/fake-token.ts";

it("has the shape of a token, the same for a seed and another for the next", () => {
  expect(fakeToken("orders")).toMatch(/^EAA[A-Za-z0-9]{177}$/);
  expect(fakeToken("orders")).toBe(fakeToken("orders"));
  expect(fakeToken("orders")).not.toBe(fakeToken("crm"));
  expect(fakeToken("orders", 60)).toHaveLength(60);
});
