import { rich, type Spans } from "../../../guide/rich-text.ts";
import { tellingFindings } from "../../../token/telling.ts";
import type { WatchRecord } from "../../../watch/ports.ts";
import { cutSpans } from "../../../words/cut-spans.ts";
import { failureText } from "../../../words/fact-text.ts";
import { findingSentence } from "../../../words/finding-words.ts";
import { named } from "../../../words/values.ts";
import { words } from "../../../words/words.ts";
import type { RecheckOutcome } from "../../requests/deps.ts";
import { verdictHeading } from "../../check/verdict/heading.ts";

/** The result of "Check now" in short. The alert has the details. */
export function checkedText(watch: string, outcome: RecheckOutcome, record: WatchRecord | undefined): Spans {
  const { pressReplies } = words;
  const name = named(watch);
  if (outcome === "busy") return pressReplies.busy(name);
  if (outcome === "limited") return pressReplies.limited(name);
  if (outcome === "failed" || record === undefined) return pressReplies.failed(name);
  const { verdict, failing } = record.state;
  if (failing !== null) return pressReplies.noAnswer(name, failureText(failing.failure));
  if (verdict === null) return pressReplies.noAnswerYet(name);
  const [cause] = tellingFindings(verdict);
  const why = cause === undefined ? rich`` : cutSpans(findingSentence(cause, verdict), LONGEST);
  return pressReplies.found(name, verdictHeading(verdict), why, verdict.checkedAt);
}

const LONGEST = 600;
