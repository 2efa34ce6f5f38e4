import { describe, expect, it } from "vitest";
import { exitForLines, type Line, lineText } from "../../../src/cli/doctor/line.ts";
import { failureLine, verdictLines } from "../../../src/cli/doctor/verdict-lines.ts";
import { CATALOGUE } from "../../../src/token/findings/catalogue.ts";
import { isFindingCode } from "../../../src/token/findings/finding.ts";
import { FAILURE_KINDS } from "../../../src/token/inspection.ts";
import type { AssetVerdict, Verdict } from "../../../src/token/verdict.ts";
import { aFailure, aFinding, aVerdict } from "../../support/builders.ts";
import { plain } from "../../support/looks.ts";

/** Advice for another place: a running bot, or Slack. */
const ELSEWHERE = /next check|check again|checks again|\bpress\b|\bbutton|try again/i;

const linesOf = (verdict: Verdict): readonly Line[] =>
  verdictLines({ watch: "orders", verdict, source: "file /t", hint: { said: [], isRemedy: false } });

const unread = (kind: (typeof FAILURE_KINDS)[number]): AssetVerdict => ({
  kind: "phone",
  id: "1001",
  name: null,
  reach: "not_known",
  sending: null,
  failure: aFailure({ kind }),
});

describe("the advice of doctor", () => {
  const codes = Object.keys(CATALOGUE).filter(isFindingCode);

  it.each(codes)("fits a person at a terminal for the finding %s", (code) => {
    const findings = [aFinding(code, { objects: ["1001"] })];
    const assets = code === "reach_not_checked" ? [unread("unreachable")] : [];
    const lines = linesOf(aVerdict({ findings, assets }));
    expect(lines.length).toBeGreaterThan(0);
    for (const { text } of lines) expect(text).not.toMatch(ELSEWHERE);
  });

  it.each(FAILURE_KINDS)("fits a person at a terminal for the failure %s of a token or an ID", (kind) => {
    const lines = [
      failureLine("Token of orders", aFailure({ kind })),
      ...linesOf(aVerdict({ assets: [unread(kind)] })),
    ];
    for (const { text } of lines) expect(text).not.toMatch(ELSEWHERE);
  });
});

describe("the exit code of doctor", () => {
  it.each<[readonly Line["status"][], number]>([
    [["ok", "warning", "not_tried"], 0],
    [["no_answer", "ok"], 3],
    [["no_answer", "unhealthy"], 1],
    [["unhealthy", "problem", "no_answer"], 2],
  ])("for %j is %i", (statuses, code) => {
    expect(exitForLines(statuses.map((status) => ({ status, topic: "A", text: "b" })))).toBe(code);
  });
});

describe("a line of doctor", () => {
  it("breaks at words, and keeps a command whole", () => {
    const line: Line = { status: "not_tried", topic: "Channel", text: "Run `wa-token doctor --post` to test it." };
    expect(lineText(line, plain(54))).toBe("NOT TRIED  Channel: Run `wa-token doctor --post` to\n           test it.");
    expect(lineText({ ...line, text: "x `a b c d e f g h i j k l m n o p` y" }, plain(52))).toContain(
      "\n           `a b c d e f g h i j k l m n o p`",
    );
  });
});
