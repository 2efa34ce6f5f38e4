import type { Step } from "../../../src/renewal/renewal.ts";
import type { Moment } from "./gate.ts";

/** A moment of a renewal at which the process is killed. */
export interface Aim {
  readonly step: Step;
  /** For the table: what had happened. */
  readonly at: string;
  readonly by: Trigger;
  /** A pasted token instead of a refresh. */
  readonly given?: true;
  /** Saves with a command, so no old value is kept. */
  readonly sink?: true;
  /** The end of the renewal was saved, so nothing is left to do but to remove `.previous` after a week. */
  readonly over?: true;
  /** The token in the place after the kill. */
  readonly left: "old" | "new";
  /** How the killed renewal ends after the next start. */
  readonly ends: "interrupted" | "done";
}

type Trigger =
  | { readonly kind: "request"; readonly path: RegExp; readonly about: "old" | "new"; readonly moment: Moment }
  /** See kill-here.ts. */
  | { readonly kind: "file"; readonly killAt: string }
  /** The command that saves, or that proves the use, kills the process that started it. */
  | { readonly kind: "command"; readonly command: "sink" | "proof"; readonly moment: "before" | "after" };

const request = (path: RegExp, about: "old" | "new", moment: Moment): Trigger => ({
  kind: "request",
  path,
  about,
  moment,
});
const file = (killAt: string): Trigger => ({ kind: "file", killAt });

const EXCHANGE = /^\/(?:v[\d.]+\/)?oauth\/access_token/;
const DEBUG = /\/debug_token/;
const PHONE = /\/100000000002001/;
const REVOKE = /\/oauth\/revoke/;
const TEMPORARY = String.raw`\.token\..*\.wa-token-tmp`;

/** Every step, and each side of every call that changes something. */
export const AIMS: readonly Aim[] = [
  {
    step: "obtain",
    at: "exchange not sent to Meta",
    by: request(EXCHANGE, "old", "arrived"),
    left: "old",
    ends: "interrupted",
  },
  {
    step: "obtain",
    at: "Meta made the token, answer lost",
    by: request(EXCHANGE, "old", "done"),
    left: "old",
    ends: "interrupted",
  },
  {
    step: "obtain",
    at: "exchange answered",
    by: request(EXCHANGE, "old", "answered"),
    left: "old",
    ends: "interrupted",
  },
  { step: "test", at: "inspection begun", by: request(DEBUG, "new", "arrived"), left: "old", ends: "interrupted" },
  { step: "test", at: "inspection answered", by: request(DEBUG, "new", "answered"), left: "old", ends: "interrupted" },
  { step: "test", at: "live read answered", by: request(PHONE, "new", "answered"), left: "old", ends: "interrupted" },
  {
    step: "test",
    at: "pasted token: inspection begun",
    by: request(DEBUG, "new", "arrived"),
    given: true,
    left: "old",
    ends: "interrupted",
  },
  {
    step: "write",
    at: "temporary file not created",
    by: file(`before open ${TEMPORARY}`),
    left: "old",
    ends: "interrupted",
  },
  { step: "write", at: "temporary file empty", by: file(`after open ${TEMPORARY}`), left: "old", ends: "interrupted" },
  {
    step: "write",
    at: "temporary files complete",
    by: file("before rename token.previous"),
    left: "old",
    ends: "interrupted",
  },
  {
    step: "write",
    at: ".previous there, place not yet renamed",
    by: file("after rename token.previous"),
    left: "old",
    ends: "interrupted",
  },
  {
    step: "write",
    at: "directly before the rename",
    by: file("before rename token"),
    left: "old",
    ends: "interrupted",
  },
  { step: "write", at: "directly after the rename", by: file("after rename token"), left: "new", ends: "done" },
  {
    step: "write",
    at: "pasted token: before the rename",
    by: file("before rename token"),
    given: true,
    left: "old",
    ends: "interrupted",
  },
  {
    step: "write",
    at: "pasted token: after the rename",
    by: file("after rename token"),
    given: true,
    left: "new",
    ends: "done",
  },
  {
    step: "write",
    at: "command has the token, nothing saved",
    by: { kind: "command", command: "sink", moment: "before" },
    sink: true,
    left: "old",
    ends: "interrupted",
  },
  {
    step: "write",
    at: "command saved the token",
    by: { kind: "command", command: "sink", moment: "after" },
    sink: true,
    left: "new",
    ends: "done",
  },
  {
    step: "read_back",
    at: "inspection after the reading begun",
    by: request(PHONE, "new", "answered"),
    left: "new",
    ends: "done",
  },
  {
    step: "in_use",
    at: "first proof read",
    by: { kind: "command", command: "proof", moment: "before" },
    left: "new",
    ends: "done",
  },
  { step: "end_old", at: "revoke not sent to Meta", by: request(REVOKE, "new", "arrived"), left: "new", ends: "done" },
  { step: "end_old", at: "Meta revoked, answer lost", by: request(REVOKE, "new", "done"), left: "new", ends: "done" },
  { step: "end_old", at: "revoke answered", by: request(REVOKE, "new", "answered"), left: "new", ends: "done" },
  {
    step: "end_old",
    at: "before .previous goes",
    by: file("before unlink token.previous"),
    over: true,
    left: "new",
    ends: "done",
  },
  {
    step: "end_old",
    at: "after .previous went",
    by: file("after unlink token.previous"),
    over: true,
    left: "new",
    ends: "done",
  },
];
