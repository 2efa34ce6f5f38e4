import type { Secret } from "../token/secret/secret.ts";
import type { Actor, Renewal, Way } from "./renewal.ts";

/** Why a renewal cannot start, or an action is not possible now. words/ has a text for each. Nothing was changed. */
export type Obstacle =
  | { readonly kind: "no_app" | "no_ids" | "no_write" | "never_token" | "dead_token" | "not_system_user" }
  | { readonly kind: "not_known"; readonly message: string }
  | { readonly kind: "source_unreadable" | "cannot_write"; readonly message: string }
  | { readonly kind: "already_open"; readonly renewal: Renewal }
  | { readonly kind: "place_busy"; readonly watch: string }
  /** The bot crashed in the middle of the open renewal, and cannot read its source. */
  | { readonly kind: "crashed" }
  /** `just_saved`: no app can use a token yet that was saved a moment ago. */
  | { readonly kind: "already_ended" | "just_saved" }
  | { readonly kind: "unknown_watch" | "no_renewal" | "not_now" | "busy" };

export type Renewed =
  | { readonly ok: true; readonly renewal: Renewal }
  | { readonly ok: false; readonly obstacle: Obstacle };

/** Renews tokens. Every method saves what it did; none throws because of Meta, disk or a command. */
export interface Renewer {
  /** The ways that the checks allow for a watch now, without writing. For `--dry-run`, the dialog and `doctor`. */
  readonly prepare: (
    watch: string,
    way: Way,
  ) => Promise<{ readonly ok: true } | { readonly ok: false; readonly obstacle: Obstacle }>;
  /** `refresh`: obtains, tests and writes in one go. `given`: opens the checklist and waits for a token. */
  readonly start: (watch: string, way: Way, by: Actor) => Promise<Renewed>;
  /** Tests and writes a pasted token. Starts a renewal when none is open. */
  readonly give: (
    watch: string,
    secret: Secret,
    by: Actor,
    options: { readonly acceptSooner: boolean },
  ) => Promise<Renewed>;
  readonly confirmInUse: (id: string, by: Actor) => Promise<Renewed>;
  readonly endOld: (id: string, by: Actor) => Promise<Renewed>;
  readonly putBack: (id: string, by: Actor) => Promise<Renewed>;
  readonly cancel: (id: string, by: Actor) => Promise<Renewed>;
  /** Looks once at every open renewal: reads back, reads proofs, ends what waited 7 days, removes old `.previous`. */
  readonly proceed: () => Promise<void>;
}
