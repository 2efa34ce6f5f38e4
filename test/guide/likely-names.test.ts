import { describe, expect, it } from "vitest";
import { likelyNames } from "../../src/guide/likely-names.ts";

const commands = ["run", "check", "round", "guide", "doctor"];
const watches = ["orders-prod", "orders-staging", "crm", "shop-1", "shop-2"];

describe("likely names", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["chekc", commands, ["check"]],
    ["rnu", commands, ["run"]],
    ["rn", commands, []],
    ["rond", commands, ["round"]],
    ["doc", commands, ["doctor"]],
    ["CHECK", commands, ["check"]],
    ["inspect", commands, []],
    ["", commands, []],
    ["-", commands, []],
    ["x".repeat(500), commands, []],
    ["order-prod", watches, ["orders-prod"]],
    ["orders_prod", watches, ["orders-prod"]],
    ["Orders Prod", watches, ["orders-prod"]],
    ["orders", watches, ["orders-prod", "orders-staging"]],
    ["staging", watches, ["orders-staging"]],
    ["shop-3", watches, ["shop-1", "shop-2"]],
    ["cmr", watches, ["crm"]],
    ["billing", watches, []],
    ["shop", ["shop-1", "shop-2", "shop-3", "shop-4"], ["shop-1", "shop-2", "shop-3"]],
    ["orders", [], []],
  ])("%j among %j", (typed, names, likely) => {
    expect(likelyNames(typed, names)).toEqual(likely);
  });
});
