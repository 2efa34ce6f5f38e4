import { rich, type Spans } from "../../../guide/rich-text.ts";
import type { RenewalAction } from "../../../renewal/audit.ts";
import type { KnownUse } from "../../renewal/known-use.ts";
import { listedWithin } from "../../listed-within.ts";
import { foreign, sentences } from "../../values.ts";

/** The buttons of a renewal. Screen readers read the label. */
export const renewalButtons = {
  renew: { text: "Renew…", label: "Renew: get a new token for this watch" },
  paste: { text: "Paste new token…", label: "Paste new token: opens a private form" },
  confirm_in_use: { text: "Confirm in use", label: "Confirm in use: every app uses the new token" },
  end_old: { text: "End old token…", label: "End old token: Meta revokes it at once" },
  put_back: { text: "Put old token back", label: "Put old token back: save the old token again" },
  cancel: { text: "Cancel", label: "Cancel: end this renewal here" },
} as const satisfies Readonly<Record<RenewalAction, { readonly text: string; readonly label: string }>>;

/** The question before the new token counts as in use. It names the apps that speak against it. */
export function confirmInUse({ apps, stillOld, silent }: KnownUse): Question {
  const named = apps.length === 0 ? rich`every app` : names(apps);
  return {
    title: "Is the new token in use everywhere?",
    text: sentences(
      ...againstUse({ stillOld, silent }),
      rich`Confirm only if ${named} ${apps.length < 2 ? "uses" : "use"} the new token already, for example after a restart.`,
      rich`An admin can then end the old token.`,
    ),
    confirm: "Confirm in use",
    deny: "Not yet",
  };
}

/** The apps that did not prove that they use the new token: a sentence for each kind. */
export function againstUse({ stillOld, silent }: Pick<KnownUse, "stillOld" | "silent">): readonly Spans[] {
  return [
    ...(stillOld.length === 0 ? [] : [rich`At the last check, the old token was still in use: ${names(stillOld)}.`]),
    ...(silent === null
      ? []
      : [rich`At the last check, the bot did not learn which token is in use: ${names([silent])}.`]),
  ];
}

/** The question before a step that is hard to undo. */
export const renewalConfirms: Readonly<Partial<Record<RenewalAction, Question>>> = {
  end_old: {
    title: "End the old token?",
    text: rich`Meta revokes it at once, and nobody can bring it back. Every copy that is not watched stops too.`,
    confirm: "End old token",
    deny: "Keep it",
  },
  put_back: {
    title: "Put the old token back?",
    text: rich`The bot saves the old token again in place of the new one. The new token works until somebody revokes it.`,
    confirm: "Put it back",
    deny: "Keep the new one",
  },
  cancel: {
    title: "Cancel this renewal?",
    text: rich`The renewal ends here. No token is ended, and what was saved stays saved.`,
    confirm: "Cancel renewal",
    deny: "Continue",
  },
};

interface Question {
  readonly title: string;
  readonly text: Spans;
  readonly confirm: string;
  readonly deny: string;
}

/** Slack's dialogs take 300 characters, and three quarters of them are the sentences around the names. */
function names(apps: readonly string[]): Spans {
  return listedWithin(
    apps.map((app) => [foreign(app, LONGEST_APP)]),
    MOST_NAMES,
  );
}

const LONGEST_APP = 50;
const MOST_NAMES = 70;
