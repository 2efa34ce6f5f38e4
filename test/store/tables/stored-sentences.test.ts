import { describe, expect, it } from "vitest";
import { HistoryBodyJson } from "../../../src/store/tables/history-json.ts";
import { readJson, writeJson } from "../../../src/store/tables/columns.ts";
import { VerdictJson } from "../../../src/store/tables/verdict-json.ts";
import type { FindingFacts } from "../../../src/token/findings/finding.ts";
import { findingMessage, findingRemedy } from "../../../src/words/finding-words.ts";
import { historyCause } from "../../../src/words/history/history-cause.ts";
import { terminalText } from "../../../src/words/plain-text.ts";
import { aFailure, aFinding, anEvidence, aVerdict, NOW } from "../../support/builders.ts";

const AT = "2026-11-22T08:00:00.000Z";
const CALL = { call: "GET /debug_token", status: 200, code: 190, subcode: 466, trace: "AbF6pnCVzqIW2p7", at: AT };

/** A verdict and a line of history as version 0.1.0 wrote them, with the sentences of that version. */
const VERDICT = {
  state: "revoked",
  alive: false,
  findings: [
    {
      code: "revoked",
      severity: "critical",
      message: "The token was ended before its date: somebody revoked it.",
      remedy:
        "Generate a new token for the system user and put it in the app's environment. Then find out who revoked the old one, and why.",
      objects: [],
      evidence: CALL,
      notRecheckedSince: null,
    },
  ],
  failure: null,
  token: {
    fingerprint: "aabb1d6d63b7",
    tail: "OMQSvuRh",
    type: "SYSTEM_USER",
    appId: "100000000000042",
    appName: "Example Notifier",
    userId: "100000000000777",
    issuedAt: AT,
    expiry: { kind: "never" },
    dataAccess: { kind: "never" },
    scopes: null,
    missingScopes: [],
    extraScopes: [],
  },
  assets: [],
  threshold: null,
  evidence: CALL,
  answer: CALL,
  checkedAt: AT,
};

const ENTRY = {
  alert: "2a5d270c-5d2c-4467-b91f-bf39572f7e5e",
  reason: "first",
  from: "healthy",
  to: "revoked",
  cause: "The token was ended before its date: somebody revoked it.",
  evidence: CALL,
  by: null,
  remark: null,
  until: null,
};

const readVerdict = (row: object) => readJson(VerdictJson, JSON.stringify(row), "verdict");

describe("rows of a version that stored sentences", () => {
  it("give a finding without facts, with a text from its code and its evidence", () => {
    const verdict = readVerdict(VERDICT);
    const [finding] = verdict.findings;
    expect(finding).toEqual({ ...aFinding("revoked"), evidence: { ...CALL, at: NOW } });
    if (finding === undefined) return;
    expect(terminalText(findingMessage(finding, verdict))).toBe(
      "The token was revoked: an API call ended its session.",
    );
    expect(findingRemedy(finding, verdict).steps.map(terminalText)).toEqual([
      "Generate a new token for the system user.",
      "Save the new token where your app reads it. Restart the app if it reads the token only at start.",
    ]);
  });

  it("with a finding that needs facts give the general sentence of its code", () => {
    const [revoked] = VERDICT.findings;
    const finding = { ...revoked, code: "not_registered", severity: "warning", objects: ["1001"] };
    const verdict = readVerdict({ ...VERDICT, findings: [finding] });
    const texts = verdict.findings.map((one) => terminalText(findingMessage(one, verdict)));
    expect(texts).toEqual(["The ID 1001 is not registered for the Cloud API."]);
  });

  it("of the history keep showing their sentence", () => {
    const entry = readJson(HistoryBodyJson, JSON.stringify(ENTRY), "history");
    expect(entry.cause).toEqual({ kind: "text", text: ENTRY.cause });
    expect(entry.cause !== null && terminalText(historyCause(entry.cause))).toBe(ENTRY.cause);
    // Written again inside a message, it stays as it was.
    expect(JSON.parse(writeJson(HistoryBodyJson, entry))).toEqual(ENTRY);
  });
});

describe("a row", () => {
  it.each<FindingFacts>([
    { kind: "app", name: "Shop", deleted: true },
    { kind: "node", node: "Business" },
    { kind: "accounts", accounts: ["1", "2"], configured: "3" },
    { kind: "registration", status: "PENDING", platform: null },
    { kind: "sending", entities: [{ type: "WABA", id: null }], obstacles: ["Pay."] },
    { kind: "end", at: NOW, past: false },
    { kind: "type", type: "USER" },
    { kind: "versions", answered: "v25.0", pinned: "v26.0" },
    { kind: "shape", problem: { shape: "json", place: { kind: "env", name: "HOLD" }, filter: ".a" } },
    { kind: "shape", problem: { shape: "short", place: null, length: 3 } },
  ])("keeps the facts %j", (facts) => {
    const verdict = aVerdict({ findings: [aFinding("revoked", { facts })] });
    expect(readJson(VerdictJson, writeJson(VerdictJson, verdict), "verdict")).toEqual(verdict);
  });

  it.each([
    { kind: "finding", finding: aFinding("revoked") } as const,
    { kind: "failure", failure: aFailure({ evidence: anEvidence() }) } as const,
    null,
  ])("of the history keeps the cause as data: %j", (cause) => {
    const entry = { ...readJson(HistoryBodyJson, JSON.stringify(ENTRY), "history"), cause };
    expect(readJson(HistoryBodyJson, writeJson(HistoryBodyJson, entry), "history")).toEqual(entry);
  });

  it("says what happened as the reason of a failed check", () => {
    const failure = aFailure({ message: "GET /me was not answered in time." });
    expect(terminalText(historyCause({ kind: "failure", failure }))).toBe("GET /me was not answered in time.");
  });
});
