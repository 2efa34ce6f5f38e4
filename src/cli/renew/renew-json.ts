import type { Spans } from "../../guide/rich-text.ts";
import type { Renewal, TokenTrace, Way } from "../../renewal/renewal.ts";
import { terminalText } from "../../words/plain-text.ts";
import { words } from "../../words/words.ts";
import { expiryJson } from "../check/expiry-json.ts";

/** The object that `renew --json` prints. Scripts rely on its keys. A step that was not begun is absent. */
export function renewJson(watch: string, way: Way, renewal: Renewal | null) {
  return {
    watch,
    way,
    steps: (renewal?.steps ?? []).map(({ step, state, detail, at }) => ({
      step,
      state,
      detail: plain(words.renewal.detail(detail)),
      at: at.toISOString(),
    })),
    before: traceJson(renewal?.before ?? null),
    after: traceJson(renewal?.after ?? null),
  };
}

function traceJson(trace: TokenTrace | null) {
  return trace === null ? null : { fingerprint: trace.fingerprint, expiresAt: expiryJson(trace.expiry) };
}

function plain(text: Spans): string {
  return terminalText(text).replaceAll("\u00A0", " ");
}
