import { expect, it } from "vitest";
import { growthOf } from "./growth.ts";

it.each([
  ["flat figures", [100, 140, 150, 149, 151, 150], undefined],
  ["caches that fill at the start", [10, 90, 150, 150, 150, 150], undefined],
  ["a steady rise", [100, 120, 140, 160, 180, 200], "memory: grew from 160.0 to 200.0"],
  ["too few figures", [1, 100], undefined],
] as const)("of %s, only a rise that lasts is reported as growth", (_, figures, expected) => {
  expect(growthOf(figures, "memory")).toBe(expected);
});
