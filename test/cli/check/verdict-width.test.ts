import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { notCheckedText, verdictText } from "../../../src/cli/check/verdict-text.ts";
import type { Look } from "../../../src/cli/paint.ts";
import { DAY_MS } from "../../../src/token/duration.ts";
import { aFailure, aFinding, after, anEvidence, anUnknown, aVerdict } from "../../support/builders.ts";
import { coloured, plain } from "../../support/looks.ts";

const phone = { kind: "phone", id: "100000000002001", name: "Example Shop", reach: "refused", sending: null } as const;

const verdicts = {
  revoked: aVerdict({ findings: [aFinding("revoked"), aFinding("temporary_token")] }),
  degraded: aVerdict({
    findings: [aFinding("phone_unreachable", { objects: [phone.id] }), aFinding("scope_missing", { objects: ["a"] })],
    assets: [{ ...phone, failure: null }],
  }),
  expiring: aVerdict({
    findings: [aFinding("expires_soon")],
    token: { expiry: { kind: "at", at: after(5 * DAY_MS) } },
  }),
  partly: aVerdict({ assets: [{ ...phone, reach: "not_known", failure: aFailure({ kind: "throttled" }) }] }),
  healthy: aVerdict({ token: { expiry: { kind: "at", at: after(40 * DAY_MS) } } }),
  unknown: anUnknown(),
  misconfigured: anUnknown({ kind: "misconfigured", evidence: anEvidence({ code: 5 }) }),
};

const textOf = (name: keyof typeof verdicts, look: Look) =>
  verdictText(verdicts[name], "watch orders-prod, file /run/secrets/orders_token", look, "orders-prod");

/** A line that cannot break: one word or a command, after its label or indentation. */
const isWhole = (line: string): boolean => /^(?: {4}|[ \w]{13})(?:\S+|wa-token guide .+)$/.test(line);

const names = Object.keys(verdicts).filter((name): name is keyof typeof verdicts => name in verdicts);

describe.each(names)("the verdict %s", (name) => {
  it.each([20, 40, 80])("fits %i columns, except one word or command", (width) => {
    const lines = textOf(name, plain(width)).split("\n");
    expect(lines.filter((line) => line.length > width && !isWhole(line))).toEqual([]);
  });

  it.each([40, 80])("has the same words at %i columns with colours, and in a pipe", (width) => {
    const words = (text: string): readonly string[] => stripVTControlCharacters(text).trim().split(/\s+/);
    const pipe = textOf(name, { ...plain(width), columns: undefined });
    expect(words(textOf(name, plain(width)))).toEqual(words(pipe));
    expect(words(textOf(name, coloured(width)))).toEqual(words(pipe));
    expect(pipe).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it("has only spaces that a shell understands, so that commands can be copied", () => {
    expect(textOf(name, coloured(40))).not.toContain("\u00A0");
  });
});

describe("the first line on a terminal", () => {
  it.each([
    ["revoked", "31", "REVOKED"],
    ["expiring", "33", "EXPIRING"],
    ["partly", "33", "ALIVE, NOT FULLY CHECKED"],
    ["healthy", "32", "HEALTHY"],
    ["unknown", "33", "UNKNOWN"],
  ] as const)("shows the state of %s as a badge, and the sentence in bold", (name, colour, word) => {
    expect(textOf(name, coloured(80))).toMatch(
      new RegExp(`^\u001B\\[1;7;${colour}m ${word} \u001B\\[0m  \u001B\\[1m\\S`, "u"),
    );
  });

  it("is the same for a check that stopped early", () => {
    expect(notCheckedText("Nothing was checked.", coloured(80))).toBe(
      "\u001B[1;7;33m UNKNOWN \u001B[0m  \u001B[1mNothing was checked.\u001B[0m",
    );
  });
});

it("puts a text beside its label where it fits, else below", () => {
  const lines = textOf("expiring", plain(40)).split("\n");
  expect(lines).toContain("Type         SYSTEM_USER");
  expect(lines.slice(lines.indexOf("Permissions"))).toEqual(
    expect.arrayContaining(["    present whatsapp_business_messaging"]),
  );
});
