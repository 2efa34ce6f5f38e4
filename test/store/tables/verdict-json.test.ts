import { expect, it } from "vitest";
import { z } from "zod";
import { VerdictJson } from "../../../src/store/tables/verdict-json.ts";
import { aVerdict } from "../contract/states.ts";

const written = (): Record<string, unknown> => ({ ...z.encode(VerdictJson, aVerdict()) });

it("a verdict keeps the call that last answered", () => {
  expect(z.decode(VerdictJson, JSON.parse(JSON.stringify(written()))).answer).toEqual(aVerdict().answer);
});

it("a verdict keeps the fact that an id belongs to another kind of object", () => {
  const [finding] = aVerdict().findings;
  const verdict = {
    ...aVerdict(),
    findings: finding === undefined ? [] : [{ ...finding, why: "other_kind" as const }],
  };
  expect(verdict.findings).toHaveLength(1);
  expect(z.decode(VerdictJson, z.encode(VerdictJson, verdict))).toEqual(verdict);
});

it("a verdict keeps the time of an earlier read, so that it does not become young again", () => {
  const read = { kind: "waba", id: "1001", name: null, reach: "reached", sending: null, failure: null } as const;
  const verdict = aVerdict({ assets: [{ ...read, readAt: new Date("2026-11-22T10:00:00Z") }] });
  expect(z.decode(VerdictJson, JSON.parse(JSON.stringify(z.encode(VerdictJson, verdict))))).toEqual(verdict);
});

it("a row of a version that did not keep it is still read", () => {
  const { answer, ...old } = written();
  expect(answer).not.toBeUndefined();
  expect(z.decode(VerdictJson, JSON.parse(JSON.stringify(old)))).toEqual(aVerdict({ answer: null }));
});
