import { Secret } from "../../token/secret.ts";
import { shapeProblem, trimToken } from "../../token/shape.ts";
import type { FieldValue } from "../request.ts";
import { LONGEST_TOKEN } from "./form-view.ts";
import { TOKEN_FIELD, WATCH_FIELD } from "./ids.ts";

/** What a person asks to be checked: at least one of the two is there. */
export interface Asked {
  readonly secret: Secret | undefined;
  readonly watch: string | undefined;
}

export type FormReading =
  | { readonly ok: true; readonly asked: Asked; readonly field: string }
  /** `field`: the block to show it at; undefined when the form has none. */
  | { readonly ok: false; readonly problem: string; readonly field: string | undefined };

const tokenProblem = (text: string, secret: Secret): string | undefined => {
  if (text.length > LONGEST_TOKEN) return "It is too long to be a token.";
  return shapeProblem(secret);
};

/**
 * Reads the submitted form. What was typed becomes a Secret here and is never repeated.
 * @param names the watches there are now; the form may be older
 */
export const readForm = (values: readonly FieldValue[], names: readonly string[]): FormReading => {
  const tokenField = values.find(({ blockId }) => blockId.startsWith(TOKEN_FIELD));
  const watchField = values.find(({ blockId }) => blockId.startsWith(WATCH_FIELD));
  const watch = watchField?.value;
  const typed = trimToken(tokenField?.value ?? "");
  const field = tokenField?.blockId ?? watchField?.blockId;
  const bad = (problem: string, at: string | undefined): FormReading => ({ ok: false, problem, field: at });

  if (field === undefined) return bad("The form came without its fields.", undefined);
  if (watch !== undefined && !names.includes(watch))
    return bad("This one is not watched any more.", watchField?.blockId);
  if (typed === "")
    return watch === undefined
      ? bad(watchField === undefined ? "Type a token." : "Choose a watched token or type a token.", field)
      : { ok: true, asked: { secret: undefined, watch }, field: watchField?.blockId ?? field };
  const secret = new Secret(typed);
  const problem = tokenProblem(typed, secret);
  return problem === undefined ? { ok: true, asked: { secret, watch }, field } : bad(problem, field);
};
