import type { Spans } from "../../guide/rich-text.ts";
import type { Secret } from "../../token/secret/secret.ts";
import type { Verdict } from "../../token/verdict.ts";
import type { Watch } from "../../watch/watch.ts";
import { type AskMeta, lookUpsFor } from "./ask-meta.ts";
import { tokenWords } from "./token-words.ts";
import type { NumberHint } from "./verdict-lines.ts";

/**
 * A likely reason why the phone number ID was refused: it is the number itself, or another number than those of the
 * account. Says nothing when Meta did not refuse the ID or has named its kind, or when nothing is known.
 */
export async function numberHint(ask: AskMeta, watch: Watch, token: Secret, verdict: Verdict): Promise<NumberHint> {
  const { phoneNumberId: id, whatsappBusinessAccountId: accountId } = watch;
  const refusal = verdict.findings.find(({ code }) => code === "phone_unreachable");
  if (id === undefined || refusal === undefined || refusal.why === "other_kind") return NO_HINT;
  const guess = id.length <= LONGEST_NUMBER ? likely(tokenWords.looksLikeNumber(id)) : NO_HINT;
  const isReached = verdict.assets.some(({ kind, reach }) => kind === "waba" && reach === "reached");
  if (accountId === undefined || !isReached) return guess;
  const numbers = await (await lookUpsFor(ask, watch)).numbers(token, accountId);
  if (!numbers.ok || numbers.value.length === 0) return guess;
  const itself = numbers.value.find(({ display }) => display?.replaceAll(/\D/g, "") === id);
  return itself === undefined
    ? likely(tokenWords.numbersOf(accountId, numbers.value))
    : { said: tokenWords.isNumberItself(id, itself.id), isRemedy: true };
}

const NO_HINT: NumberHint = { said: [], isRemedy: false };

function likely(said: Spans): NumberHint {
  return { said, isRemedy: false };
}

/** Most phone numbers have at most 13 digits. Meta's IDs are longer, but no page promises it, so this is a guess. */
export const LONGEST_NUMBER = 13;
