import { type Spans, rich } from "../../guide/rich-text.ts";
import type { RenewalAction } from "../../renewal/audit.ts";
import type { Actor } from "../../renewal/renewal.ts";
import { words } from "../../words/words.ts";
import { createTurns } from "../check/rate-limit.ts";
import { accessProblem, adminProblem } from "../requests/access.ts";
import type { Renewals, SlackDeps } from "../requests/deps.ts";
import type { Person } from "../requests/request.ts";

/** Admits admins. For anybody else: the refusal that says who may, and an entry in the audit. */
export type Gate = (
  person: Person,
  deps: SlackDeps,
  attempt: RenewalAction,
  watchOf: () => Promise<string | null>,
) => Promise<Admitted>;

/** A gate for all buttons and forms of renewals. It lasts as long as the table of listeners. */
export function createGate(): Gate {
  // A person who keeps pressing fills the audit with at most five lines a minute.
  const takeLine = createTurns();
  return async (person, deps, attempt, watchOf) => {
    const { renewals, log, now } = deps;
    const { userId } = person;
    const saveRefusal = async (): Promise<void> => {
      if (userId === undefined || takeLine(userId, now()) !== undefined) return;
      try {
        const by = { kind: "slack", user: userId } as const;
        await deps.record([{ kind: "refused", at: now(), by, watch: await watchOf(), attempt }]);
      } catch (error) {
        log.warn({ err: error, attempt, user: userId }, "a refused attempt could not be saved in the audit");
      }
    };
    if (renewals !== undefined && userId !== undefined && adminProblem(person, deps) === undefined)
      return { ok: true, renewals, userId, by: { kind: "slack", user: userId }, saveRefusal };
    await saveRefusal();
    return { ok: false, refusal: refusalOf(person, deps) };
  };
}

const { forms } = words.renewal;

export type Admitted =
  | {
      readonly ok: true;
      readonly renewals: Renewals;
      readonly userId: string;
      readonly by: Actor;
      /** Saves in the audit that the attempt of this admin is refused all the same. Never rejects. */
      readonly saveRefusal: () => Promise<void>;
    }
  | { readonly ok: false; readonly refusal: Spans };

/** People of other organisations learn neither the configuration nor who the admins are. */
function refusalOf(person: Person, deps: SlackDeps): Spans {
  const problem = accessProblem(person, deps);
  if (problem !== undefined) return rich`${problem}`;
  return deps.renewals === undefined ? forms.noAdmins : forms.onlyAdmins([...deps.adminUsers]);
}
