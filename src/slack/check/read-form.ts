import { Secret } from "../../token/secret.ts";
import type { ReachIds } from "../../watch/ports.ts";
import { bareToken, type BareToken } from "../../token/bare-token.ts";
import { shapeProblem } from "../../token/shape-problem.ts";
import type { FieldValue } from "../request.ts";
import { LONGEST_TOKEN } from "./form-view.ts";
import { ACCOUNT_FIELD, PHONE_FIELD, TOKEN_FIELD, WATCH_FIELD } from "./ids.ts";

/** What a person asks to be checked: at least one of the two is there. */
export interface Asked {
  readonly secret: Secret | undefined;
  readonly watch: string | undefined;
  /** What the typed token must reach; undefined where nothing was typed. */
  readonly ids: ReachIds;
  /** What stood around the typed token and was taken off. */
  readonly removed: BareToken["removed"];
}

export type FormReading =
  | { readonly ok: true; readonly asked: Asked; readonly field: string }
  /** `field`: the block to show it at; undefined when the form has none. */
  | { readonly ok: false; readonly problem: string; readonly field: string | undefined };

const tokenProblem = (text: string, secret: Secret): string | undefined => {
  if (text.length > LONGEST_TOKEN) return "It is too long to be a token.";
  const problem = shapeProblem(secret);
  return problem === undefined ? undefined : `${problem.looks} ${problem.remedy}`;
};

const ID = /^\d{1,40}$/;

const NO_IDS: ReachIds = { phoneNumberId: undefined, whatsappBusinessAccountId: undefined };

/** A field that does not hold an id; undefined when every one does, or is empty. */
const wrongId = (fields: readonly (FieldValue | undefined)[]): FieldValue | undefined =>
  fields.find((field) => typedIn(field) !== undefined && !ID.test(typedIn(field) ?? ""));

const typedIn = (field: FieldValue | undefined): string | undefined => field?.value?.trim() || undefined;

/**
 * Reads the submitted form. What was typed becomes a Secret here and is never repeated.
 * @param names the watches there are now; the form may be older
 */
export const readForm = (values: readonly FieldValue[], names: readonly string[]): FormReading => {
  const tokenField = values.find(({ blockId }) => blockId.startsWith(TOKEN_FIELD));
  const watchField = values.find(({ blockId }) => blockId.startsWith(WATCH_FIELD));
  const watch = watchField?.value;
  const typed = (tokenField?.value ?? "").trim();
  const field = tokenField?.blockId ?? watchField?.blockId;
  const bad = (problem: string, at: string | undefined): FormReading => ({ ok: false, problem, field: at });

  if (field === undefined) return bad("The form came without its fields.", undefined);
  if (watch !== undefined && !names.includes(watch))
    return bad("This one is not watched any more.", watchField?.blockId);
  const phone = values.find(({ blockId }) => blockId.startsWith(PHONE_FIELD));
  const account = values.find(({ blockId }) => blockId.startsWith(ACCOUNT_FIELD));
  const wrong = wrongId([phone, account]);
  if (wrong !== undefined)
    return bad("It must be the id that Meta shows: digits only, not the phone number.", wrong.blockId);
  const ids = { phoneNumberId: typedIn(phone), whatsappBusinessAccountId: typedIn(account) };
  const given = ids.phoneNumberId ?? ids.whatsappBusinessAccountId;
  if (typed === "" && given !== undefined) return bad("Type the token too: it was not kept.", field);
  if (typed === "")
    return watch === undefined
      ? bad(watchField === undefined ? "Type a token." : "Choose a watched token or type a token.", field)
      : {
          ok: true,
          asked: { secret: undefined, watch, ids: NO_IDS, removed: [] },
          field: watchField?.blockId ?? field,
        };
  const { token, removed } = bareToken(typed);
  const secret = new Secret(token);
  const problem = tokenProblem(typed, secret);
  return problem === undefined ? { ok: true, asked: { secret, watch, ids, removed }, field } : bad(problem, field);
};
