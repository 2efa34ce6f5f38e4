import type { Spans } from "../guide/rich-text.ts";
import { isAboutUnread } from "../token/findings/finding.ts";
import type { AssetKind } from "../token/inspection.ts";
import { unreadAssets } from "../token/unread.ts";
import type { Verdict } from "../token/verdict.ts";
import { cutSpans } from "./cut-spans.ts";
import { findingRemedy, remedyLine } from "./finding-words.ts";
import { capital } from "./joined.ts";
import { sentences } from "./values.ts";
import { words } from "./words.ts";

/** Since when each ID was not read, and why; one line each. */
export function unreadTexts(verdict: Verdict): readonly Spans[] {
  const { alerts, failures } = words;
  return unreadAssets(verdict).map(({ kind, id, failure, unread }) => {
    const readAt = unread?.readAt ?? null;
    const name = capital(words.results.assets.name(kind, id));
    const reason = failures.reason(failure);
    return readAt === null ? alerts.wasNeverRead(name, reason) : alerts.notReadSince(name, readAt, reason);
  });
}

/** The calls that failed, one line for each ID. */
export function triedTexts(verdict: Verdict): readonly Spans[] {
  return unreadAssets(verdict).flatMap(({ kind, id, failure }) => {
    const { evidence } = failure;
    if (evidence === null) return [];
    return [words.alerts.triedBy(nameOf(kind, id), evidence.at, words.results.evidence.call(evidence))];
  });
}

/** "Not read: phone number 100000000002001 (Meta did not answer)", for use in another message; one line for each ID. */
export function notReadTexts(verdict: Verdict | null): readonly Spans[] {
  if (verdict === null) return [];
  return unreadAssets(verdict).map(({ kind, id, failure }) =>
    words.results.assets.unread(kind, id, words.failures.reason(failure)),
  );
}

/** The remedy for unread IDs in one line: from their findings, else from the failure. */
export function unreadRemedies(verdict: Verdict): readonly Spans[] {
  const [first] = unreadAssets(verdict);
  const found = verdict.findings.filter(isAboutUnread);
  const said = found.map((finding) => cutSpans(remedyLine(findingRemedy(finding, verdict)), LONGEST));
  if (said.length > 0) return [words.alerts.todo(sentences(...said))];
  return first === undefined ? [] : [words.alerts.todo(words.failures.next(first.failure, "round"))];
}

const LONGEST = 300;

function nameOf(kind: AssetKind, id: string): Spans {
  return capital(words.results.assets.name(kind, id));
}
