import { expect, it } from "vitest";
import { fakeToken } from "../../sandbox/fake-token.ts";

it("has the form of a token, always the same for one seed and different for another", () => {
  expect(fakeToken("orders")).toMatch(/^EAA[A-Za-z0-9]{177}$/);
  expect(fakeToken("orders")).toBe(fakeToken("orders"));
  expect(fakeToken("orders")).not.toBe(fakeToken("crm"));
  expect(fakeToken("orders", 60)).toHaveLength(60);
});
