import { describe, expect, it } from "vitest";
import { slackText } from "../../../src/slack/kit/spans.ts";
import { headlineOf } from "../../../src/slack/status/headline.ts";
import type { WatchState } from "../../../src/alert/alert.ts";
import { NEW_WATCH } from "../../../src/alert/alert.ts";
import type { WatchRecord } from "../../../src/watch/ports.ts";
import { tallyOf } from "../../support/watch-reads.ts";
import { aFailure, aFinding, anAlert, aVerdict, NOW } from "../../support/builders.ts";

const watch = (state: Partial<WatchState> = {}, fields: Partial<WatchRecord> = {}): WatchRecord => ({
  name: "orders",
  state: { ...NEW_WATCH, ...state },
  checkedAt: NOW,
  nextDueAt: NOW,
  owed: false,
  undelivered: null,
  ...fields,
});

const fine = watch({ verdict: aVerdict() });
const dead = watch({ verdict: aVerdict({ findings: [aFinding("revoked")] }) });
const failing = { failure: aFailure(), since: NOW, tries: 1 };
const unread = { kind: "phone", id: "1", name: null, reach: "not_known", sending: null, failure: aFailure() } as const;

describe("the line on top", () => {
  it.each<[string, readonly WatchRecord[]]>([
    ["✅ The token works", [fine]],
    ["✅ All 3 tokens work", [fine, fine, fine]],
    ["⚠️ The token needs attention", [dead]],
    ["⚠️ 1 of 2 tokens needs attention", [fine, dead]],
    ["⚠️ 2 of 3 tokens need attention", [dead, fine, dead]],
    ["⚠️ 1 of 2 tokens needs attention", [fine, watch({ verdict: aVerdict(), failing })]],
    ["⚠️ 1 of 2 tokens needs attention", [fine, watch({ verdict: aVerdict({ assets: [unread] }) })]],
    ["⚠️ 1 of 2 tokens needs attention", [fine, watch({ failing })]],
    ["⚠️ 1 of 2 tokens needs attention", [fine, watch({}, { unreadable: "It cannot be read." })]],
    ["⚠️ 1 of 2 tokens needs attention", [fine, watch({ verdict: aVerdict(), alert: anAlert() })]],
    ["✅ All 2 tokens work", [fine, watch({ verdict: aVerdict(), alert: anAlert({ resolvedAt: NOW }) })]],
    ["❔ 1 of 2 tokens not checked yet", [fine, watch()]],
    ["⚠️ 1 of 3 tokens needs attention", [fine, watch(), dead]],
  ])("%s", (said, records) => {
    const { sign, line } = headlineOf(tallyOf(records));
    expect(`${sign} ${slackText(line)}`).toBe(said);
  });
});
