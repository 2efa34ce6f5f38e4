import { rich, type Spans } from "../../guide/rich-text.ts";
import { words } from "../../words/words.ts";
import { type TakeTurn, waitSentence } from "../check/rate-limit.ts";
import type { ListedWatch, SlackDeps } from "../requests/deps.ts";
import type { Person } from "../requests/request.ts";
import type { Admitted, Gate } from "./gate.ts";
import { missingIn, watchNamed } from "./known-watch.ts";

/** An admin who may begin a renewal of a watch now. For anybody else: the refusal, which is in the audit. */
export type Begin = (
  person: Person,
  deps: SlackDeps,
  name: string | undefined,
) => Promise<(Extract<Admitted, { readonly ok: true }> & { readonly card: ListedWatch }) | Refused>;

type Refused = Extract<Admitted, { readonly ok: false }>;

/** To begin a renewal counts as a check for the limit of a person, because it asks Meta about the token. */
export function createBegin(gate: Gate, takeTurn: TakeTurn): Begin {
  return async (person, deps, name) => {
    const card = watchNamed(deps, name);
    const admitted = await gate(person, deps, "renew", () => Promise.resolve(card?.name ?? null));
    if (!admitted.ok) return admitted;
    const refuse = async (refusal: Spans): Promise<Refused> => {
      await admitted.saveRefusal();
      return { ok: false, refusal };
    };
    if (card === undefined) return refuse(words.renewal.obstacle(missingIn(deps)));
    const freeInMs = takeTurn(admitted.userId, deps.now());
    return freeInMs === undefined ? { ...admitted, card } : refuse(rich`${waitSentence(freeInMs)}`);
  };
}
