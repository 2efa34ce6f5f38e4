import type { Spans } from "../../guide/rich-text.ts";
import type { Renewal } from "../../renewal/renewal.ts";
import { words } from "../words.ts";
import { currentStep } from "../../renewal/rules/steps.ts";

/**
 * The checklist of a given token: the steps until a token is accepted, then what Meta proved. Empty for a refresh, and
 * when the renewal is over.
 */
export function checklistTexts(renewal: Renewal): readonly Spans[] {
  const { way, checklist, outcome, card } = renewal;
  if (way !== "given" || outcome !== null) return [];
  const step = currentStep(renewal);
  const isWaiting = step === "obtain" || step === "test";
  return [
    ...(isWaiting
      ? [
          said.title,
          ...said.steps({ appId: card.appId, account: card.whatsappBusinessAccountId, scopes: scopesOf(renewal) }),
        ]
      : []),
    ...(isWaiting && checklist.length === 0 && card.phoneNumberId !== undefined
      ? [said.reaches(card.phoneNumberId)]
      : []),
    ...provenTexts(renewal),
  ];
}

/** What Meta proved about the last pasted token, and what is not proven. */
export function provenTexts({ checklist }: Pick<Renewal, "checklist">): readonly Spans[] {
  const proven = checklist.filter((item) => item.proven);
  const open = checklist.filter((item) => !item.proven);
  return [...(proven.length === 0 ? [] : [said.proven(proven)]), ...(open.length === 0 ? [] : [said.notProven(open)])];
}

const { checklist: said } = words.renewal.message;

/** The permissions of the guide, until the checklist of a pasted token names those of the watch. */
const GUIDE_SCOPES = ["whatsapp_business_messaging", "whatsapp_business_management"];

function scopesOf({ checklist }: Renewal): readonly string[] {
  const named = checklist.flatMap(({ item, name }) => (item === "permission" && name !== null ? [name] : []));
  return named.length === 0 ? GUIDE_SCOPES : named;
}
