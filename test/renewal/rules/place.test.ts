import { describe, expect, it } from "vitest";
import { placeOf } from "../../../src/renewal/rules/place.ts";

describe("a place", () => {
  it.each([
    [{ kind: "file", path: "/run/token" }, "file:/run/token", "file /run/token"],
    [{ kind: "dotenv", path: "/srv/.env", name: "WA" }, "dotenv:/srv/.env#WA", "WA in /srv/.env"],
    [{ kind: "exec", argv: ["vault", "kv", "patch"] }, "exec:hash of 22", "command vault"],
  ] as const)("%j", (target, key, label) => {
    expect(placeOf(target, (text) => `hash of ${text.length}`)).toEqual({ key, label });
  });
});
