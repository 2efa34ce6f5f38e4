import { describe, expect, it } from "vitest";
import { completionsFor, isWhole } from "../../../sandbox/page/client/composer/completions.ts";

const WATCHES = ["orders-prod", "support-prod"];
const texts = (typed: string): readonly string[] => completionsFor(typed, WATCHES).map(({ text }) => text);
const VERBS = ["/wa-token guide ", "/wa-token check ", "/wa-token status ", "/wa-token help"];

describe("the completion of the command", () => {
  it.each([
    ["", []],
    ["hello", []],
    ["/other", []],
    ["/", VERBS],
    ["/wa", VERBS],
    ["/wa-token", VERBS],
    ["/wa-token ", VERBS],
    ["/wa-token g", ["/wa-token guide "]],
    ["/wa-token x", []],
    ["/wa-token check ", ["/wa-token check orders-prod", "/wa-token check support-prod"]],
    ["/wa-token status s", ["/wa-token status support-prod"]],
    ["/wa-token status support-prod", []],
    ["/wa-token guide s", []],
    ["/wa check ", []],
  ])("after %j offers %j", (typed, expected) => {
    expect(texts(typed)).toEqual(expected);
  });

  it.each([
    ["/wa-token", true],
    ["/wa-token guide", true],
    ["/wa-token guide system users", true],
    ["/wa-token check ", true],
    ["/wa-token gui", false],
    ["/wa", false],
  ])("%j is a complete command: %j", (typed, expected) => {
    expect(isWhole(typed)).toBe(expected);
  });
});
