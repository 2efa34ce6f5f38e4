import type { Spans } from "../../../guide/rich-text.ts";
import { MINUTE_MS } from "../../../token/duration.ts";
import { dotted } from "../../../words/joined.ts";
import { foreign } from "../../../words/values.ts";
import { words } from "../../../words/words.ts";
import type { DigestRow } from "../../../outbox/digest-table.ts";
import { signed } from "../../kit/state-words.ts";
import { endPart, type Reading } from "../../status/watch-lines.ts";
import { headingOf } from "../../check/verdict/heading.ts";

/** One watch of the digest on one line: state, expiry, last answer, open alert, cleanup. */
export function digestLine(row: DigestRow, reading: Reading): Spans {
  const { watch, state, answeredAt, extraScopes, old, unread } = row;
  return dotted(
    status.entry(watch, [{ kind: "text", text: signed(headingOf(state, unread.length > 0)) }]),
    ...(answeredAt === null ? [status.noAnswerYet()] : [endPart(row, reading), ...proofParts(row, answeredAt)]),
    ...unread.map(unreadPart),
    ...alertParts(row),
    extraScopes.length === 0 ? [] : digest.notNeeded(extraScopes),
    old ? digest.old() : [],
  );
}

const { digest, results, status } = words;

const LONGEST_REASON = 120;

function alertParts({ alert, acknowledged, snoozedUntil }: DigestRow): readonly Spans[] {
  if (alert === null) return [];
  const responses = [
    ...(acknowledged ? [digest.isAcknowledged()] : []),
    ...(snoozedUntil === null ? [] : [digest.snoozedUntil(snoozedUntil)]),
  ];
  return [responses.reduce<Spans>((said, response) => digest.withResponse(said, response), digest.openAlert(alert))];
}

/** The call that proved the state, and the last answer if that came from another call. */
function proofParts({ evidence }: DigestRow, answeredAt: Date): readonly Spans[] {
  if (evidence === null) return [digest.lastAnswer(answeredAt)];
  return answeredAt.getTime() - evidence.at.getTime() > MINUTE_MS
    ? [results.evidence.proved(evidence), digest.lastAnswer(answeredAt)]
    : [results.evidence.lastAnswer({ call: evidence.call, at: answeredAt })];
}

function unreadPart({ kind, id, failure, reason = "" }: DigestRow["unread"][number]): Spans {
  return results.assets.unread(
    kind,
    id,
    failure === null ? [foreign(reason, LONGEST_REASON)] : words.failures.reason(failure),
  );
}
