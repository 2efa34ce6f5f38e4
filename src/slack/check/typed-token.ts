import { type BareToken, bareToken } from "../../token/secret/bare-token.ts";
import { Secret } from "../../token/secret/secret.ts";
import { shapeProblem } from "../../token/secret/shape-problem.ts";
import { sentences } from "../../words/values.ts";
import { words } from "../../words/words.ts";
import { slackPlainText } from "../kit/spans.ts";
import { LONGEST_TOKEN } from "./form-view.ts";

export type TypedToken =
  | { readonly ok: true; readonly secret: Secret; readonly removed: BareToken["removed"] }
  | { readonly ok: false; readonly problem: string };

/**
 * A typed token as a Secret, without the quotes and names that people copy together with it. A problem never repeats the
 * value.
 */
export function typedToken(typed: string): TypedToken {
  const { token, removed } = bareToken(typed);
  const secret = new Secret(token);
  const problem = tokenProblem(typed, secret);
  return problem === undefined ? { ok: true, secret, removed } : { ok: false, problem };
}

function tokenProblem(text: string, secret: Secret): string | undefined {
  if (text.length > LONGEST_TOKEN) return words.checkForm.problems.tooLong;
  const problem = shapeProblem(secret);
  return problem === undefined
    ? undefined
    : slackPlainText(sentences(words.shapes.looks(problem), ...words.shapes.remedy(problem)));
}
