import { isPast } from "../../token/expiry.ts";
import type { Verdict } from "../../token/verdict.ts";
import type { ChecklistItem } from "../renewal.ts";

/** What the checklist asks of a token. */
export interface Wanted {
  readonly appId: string | undefined;
  readonly scopes: readonly string[];
  readonly phoneNumberId: string | undefined;
  readonly whatsappBusinessAccountId: string | undefined;
}

/** The checklist of a pasted token. It ticks only what Graph proved; nothing is proven about a dead token. */
export function checklistOf(verdict: Verdict, wanted: Wanted): readonly ChecklistItem[] {
  const { alive, assets, checkedAt } = verdict;
  const token = alive === true ? verdict.token : null;
  const isReached = (id: string): boolean =>
    token !== null && assets.some((asset) => asset.id === id && asset.reach === "reached");
  const ids = [
    { item: "phone", name: wanted.phoneNumberId },
    { item: "account", name: wanted.whatsappBusinessAccountId },
  ] as const;
  return [
    { item: "app", name: null, proven: token !== null && token.appId !== null && token.appId === wanted.appId },
    { item: "system_user", name: null, proven: token?.type === "SYSTEM_USER" },
    ...wanted.scopes.map((name) => ({
      item: "permission" as const,
      name,
      proven: token?.scopes?.includes(name) === true,
    })),
    ...ids.flatMap(({ item, name }) => (name === undefined ? [] : [{ item, name, proven: isReached(name) }])),
    {
      item: "expiry",
      name: null,
      proven: token !== null && token.expiry.kind !== "not_known" && !isPast(token.expiry, checkedAt),
    },
  ];
}
