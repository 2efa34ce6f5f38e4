import type { RenewalAction } from "../../../renewal/audit.ts";

/** The buttons of a renewal. Screen readers read the label. */
export const renewalButtons = {
  renew: { text: "Renew…", label: "Renew: get a new token for this watch" },
  paste: { text: "Paste new token…", label: "Paste new token: opens a private form" },
  confirm_in_use: { text: "Confirm in use", label: "Confirm in use: every app uses the new token" },
  end_old: { text: "End old token…", label: "End old token: Meta revokes it at once" },
  put_back: { text: "Put old token back", label: "Put old token back: save the old token again" },
  cancel: { text: "Cancel", label: "Cancel: end this renewal here" },
} as const satisfies Readonly<Record<RenewalAction, { readonly text: string; readonly label: string }>>;

/** The question before a step that is hard to undo, or that allows one. */
export const renewalConfirms: Readonly<Partial<Record<RenewalAction, Question>>> = {
  confirm_in_use: {
    title: "Is the new token in use everywhere?",
    text: "Confirm only if every app was restarted or uses the new token already. An admin can then end the old token.",
    confirm: "Confirm in use",
    deny: "Not yet",
  },
  end_old: {
    title: "End the old token?",
    text: "Meta revokes it at once, and nobody can bring it back. Every copy that is not watched stops too.",
    confirm: "End old token",
    deny: "Keep it",
  },
  put_back: {
    title: "Put the old token back?",
    text: "The bot saves the old token again in place of the new one. The new token works until somebody revokes it.",
    confirm: "Put it back",
    deny: "Keep the new one",
  },
  cancel: {
    title: "Cancel this renewal?",
    text: "The renewal ends here. No token is ended, and what was saved stays saved.",
    confirm: "Cancel renewal",
    deny: "Continue",
  },
};

interface Question {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly deny: string;
}
