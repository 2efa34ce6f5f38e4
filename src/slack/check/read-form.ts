import type { Secret } from "../../token/secret/secret.ts";
import type { ReachIds } from "../../watch/ports.ts";
import type { Names } from "../../watch/watch-book.ts";
import type { BareToken } from "../../token/secret/bare-token.ts";
import { words } from "../../words/words.ts";
import type { FieldValue } from "../requests/request.ts";
import { ACCOUNT_FIELD, PHONE_FIELD, TOKEN_FIELD, WATCH_FIELD } from "./ids.ts";
import { typedToken } from "./typed-token.ts";

/** The target of a check: a token, a watch or both. */
export interface CheckRequest {
  readonly secret: Secret | undefined;
  readonly watch: string | undefined;
  /** The IDs that the typed token must reach. */
  readonly ids: ReachIds;
  /** The characters that the bot removed around the typed token. */
  readonly removed: BareToken["removed"];
}

export type FormReading =
  | { readonly ok: true; readonly asked: CheckRequest; readonly field: string }
  /** `field`: the block that shows the problem; undefined when the form arrived without fields. */
  | { readonly ok: false; readonly problem: string; readonly field: string | undefined };

/**
 * Reads the submitted form. The typed token becomes a Secret here, and no answer repeats it.
 * @param watches the watches that exist now; the form may be older
 */
export function readForm(values: readonly FieldValue[], watches: Names): FormReading {
  const tokenField = values.find(({ blockId }) => blockId.startsWith(TOKEN_FIELD));
  const watchField = values.find(({ blockId }) => blockId.startsWith(WATCH_FIELD));
  const watch = watchField?.value;
  const typed = (tokenField?.value ?? "").trim();
  const field = tokenField?.blockId ?? watchField?.blockId;
  const bad = (problem: string, at: string | undefined): FormReading => ({ ok: false, problem, field: at });

  if (field === undefined) return bad(problems.noFields, undefined);
  if (watch !== undefined && !watches.has(watch)) return bad(problems.notWatched, watchField?.blockId);
  const phone = values.find(({ blockId }) => blockId.startsWith(PHONE_FIELD));
  const account = values.find(({ blockId }) => blockId.startsWith(ACCOUNT_FIELD));
  const wrong = wrongId([phone, account]);
  if (wrong !== undefined) return bad(problems.notAnId, wrong.blockId);
  const ids = { phoneNumberId: typedIn(phone), whatsappBusinessAccountId: typedIn(account) };
  const given = ids.phoneNumberId ?? ids.whatsappBusinessAccountId;
  if (typed === "" && given !== undefined) return bad(problems.tokenAgain, field);
  if (typed === "")
    return watch === undefined
      ? bad(watchField === undefined ? problems.noToken : problems.nothing, field)
      : {
          ok: true,
          asked: { secret: undefined, watch, ids: NO_IDS, removed: [] },
          field: watchField?.blockId ?? field,
        };
  const token = typedToken(typed);
  return token.ok
    ? { ok: true, asked: { secret: token.secret, watch, ids, removed: token.removed }, field }
    : bad(token.problem, field);
}

const { problems } = words.checkForm;

const ID = /^\d{1,40}$/;

const NO_IDS: ReachIds = { phoneNumberId: undefined, whatsappBusinessAccountId: undefined };

/** The first field that is filled with something other than an ID. */
function wrongId(fields: readonly (FieldValue | undefined)[]): FieldValue | undefined {
  return fields.find((field) => typedIn(field) !== undefined && !ID.test(typedIn(field) ?? ""));
}

function typedIn(field: FieldValue | undefined): string | undefined {
  return field?.value?.trim() || undefined;
}
