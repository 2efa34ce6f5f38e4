import { expect, it } from "vitest";
import { greatest, least } from "../../src/token/moment.ts";

it("least and greatest work for more numbers than a call takes arguments", () => {
  const many = Array.from({ length: 300_000 }, (_, index) => index);
  expect([least(many), greatest(many)]).toEqual([0, 299_999]);
});

it("least and greatest of nothing are infinite", () => {
  expect([least([]), greatest([])]).toEqual([Infinity, -Infinity]);
});
