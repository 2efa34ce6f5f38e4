import type { FindingCode } from "../token/findings/finding.ts";

/** Why a step has its state. words/ has a text for each kind. Texts from outside are already redacted. */
export type Detail =
  // obtain
  /** The bot could not begin a refresh by itself. That says nothing about the token. */
  | {
      readonly kind: "not_begun";
      readonly obstacle: "not_known" | "source_unreadable";
      readonly message: string;
      /** True inside the shortest threshold. */
      readonly urgent: boolean;
    }
  | { readonly kind: "exchanged" | "pasted" }
  | { readonly kind: "exchange_refused"; readonly refusal: ExchangeRefusal; readonly message: string }
  /** Meta may have made a token that nobody holds. */
  | { readonly kind: "exchange_unanswered"; readonly message: string }
  /** Of a pasted token, the person still has it. The old token may be dead. */
  | { readonly kind: "interrupted" | "paste_interrupted"; readonly source: FoundToken }
  /** A crash stopped the work, and the source cannot be read to find out whether the new token is saved. */
  | { readonly kind: "crashed" }
  // test, write
  /** A person ended the renewal meanwhile. `stopped_unheld`: Meta made a token before, and nobody holds it. */
  | { readonly kind: "stopped" | "stopped_unheld" }
  // test
  | { readonly kind: "tested" }
  | { readonly kind: "findings"; readonly codes: readonly FindingCode[]; readonly texts: readonly string[] }
  | { readonly kind: "permissions_lost"; readonly scopes: readonly string[] }
  | { readonly kind: "not_reached"; readonly ids: readonly string[] }
  | { readonly kind: "ends_sooner" | "ends_not_later" | "same_token" | "type_not_known" | "end_not_known" }
  | { readonly kind: "token_of_watch"; readonly watch: string }
  | { readonly kind: "not_tested"; readonly message: string }
  // write
  /** `already_there`: a person saved it by hand before pasting it. */
  | { readonly kind: "saved" | "person_saves" | "already_there" }
  | { readonly kind: "not_saved"; readonly message: string }
  /** Nobody knows what the command did before it failed. */
  | { readonly kind: "command_failed"; readonly message: string }
  /** Somebody else changed the place since it was read. */
  | { readonly kind: "place_changed" }
  // read_back
  | { readonly kind: "read" | "still_old" | "other_token" | "restart_bot" }
  | { readonly kind: "not_read"; readonly message: string }
  // in_use
  | { readonly kind: "proven"; readonly consumers: number }
  | { readonly kind: "confirmed" | "no_proof" }
  | { readonly kind: "old_in_use"; readonly consumers: readonly string[] }
  | { readonly kind: "proof_failed"; readonly consumer: string; readonly message: string }
  // end_old
  | { readonly kind: "ended" | "same_string" | "no_old_token" | "old_already_dead" | "both_dead" }
  /** The new token is dead, and the old one may still work. */
  | { readonly kind: "new_dead" }
  /** The old token is dead, and a check did not find out whether the new one works. */
  | { readonly kind: "new_not_checked"; readonly message: string }
  /** The bot asked Meta to revoke the old token, and does not know whether Meta did. */
  | { readonly kind: "revoke_unanswered"; readonly message: string }
  /** A later check found the old token dead and the new one alive. */
  | { readonly kind: "ended_unanswered" }
  | { readonly kind: "old_not_readable"; readonly message: string }
  | { readonly kind: "old_still_used"; readonly watches: readonly string[] }
  | { readonly kind: "not_ended"; readonly message: string };

/** The token that the source gives after a crash. `none`: the watch had no token, and its place is still empty. */
export type FoundToken = "old" | "other" | "none" | "not_known";

/** Why Meta refused to exchange a token. */
export type ExchangeRefusal =
  | "expired"
  | "revoked"
  | "app_credentials"
  | "app_blocked"
  | "wrong_app"
  | "throttled"
  | "address_not_allowed"
  | "not_refreshable"
  /** Meta never got the call, so it made no token. */
  | "unreachable"
  | "other";
