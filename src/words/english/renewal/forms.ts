import { code, label, person, rich, type Spans } from "../../../guide/rich-text.ts";
import type { Way } from "../../../renewal/renewal.ts";
import { listed, named } from "../../values.ts";

/** The private dialogs of a renewal, and the private answers to its buttons. */
export const renewalForms = {
  title: "Renew a token",
  looking: (watch: string): Spans => rich`Looking at what is possible for ${named(watch)}…`,
  takesSeconds: rich`This takes a few seconds.`,
  /** Above the choice of ways. */
  about: (watch: string): Spans =>
    rich`A new token replaces the one of ${named(watch)}. The old token works until an admin ends it.`,
  shown: rich`Everybody in the channel sees the steps, and nobody sees a token. An open alert counts as acknowledged.`,
  way: "How to get the new token",
  ways: {
    refresh: {
      text: "Refresh: Meta makes it, the bot saves it",
      about: "Tested before it is saved. Lasts 60 days from today.",
    },
    given: {
      text: "Checklist: a person generates it",
      about: "The channel gets the steps. An admin pastes the token.",
    },
  } satisfies Readonly<Record<Way, { readonly text: string; readonly about: string }>>,
  notPossible: (way: Way, why: Spans): Spans => rich`${WAY_NAMES[way]} is not possible. ${why}`,
  start: "Start",
  starting: rich`The bot gets the new token, tests it and saves it. If you close this window, you get the result as a direct message.`,
  checklistOpen: (watch: string): Spans =>
    rich`The checklist for ${named(watch)} is in its channel. When you have the token, press ${label("Paste new token…")} there.`,

  pasteTitle: "Paste a new token",
  pasteAbout: (watch: string): Spans =>
    rich`For ${named(watch)}. Slack can see what you paste; no person in the channel can. The bot tests the token before it saves it.`,
  token: "New token",
  tokenHint: "Without quotes. The field is not masked: make sure that nobody else sees your screen.",
  sooner: "If it ends sooner than the old one",
  acceptSooner: "Accept a token that ends sooner",
  submitToken: "Test and save",
  testing: "Testing…",
  testingTime: rich`The bot tests the new token, then saves it. If you close this window, you get the result as a direct message.`,
  pasteAgain: { text: "Paste again", label: "Paste again: opens an empty form" },

  followInChannel: rich`The message in the channel shows the next steps.`,

  answers: {
    ending: (watch: string): Spans => rich`Ending the old token of ${named(watch)}… This takes a few seconds.`,
    puttingBack: (watch: string): Spans => rich`Putting the old token of ${named(watch)} back…`,
  },

  onlyAdmins: (admins: readonly string[]): Spans =>
    rich`Only admins can renew: ${listed(
      admins.map((id) => [person(id)]),
      MOST_ADMINS,
    )}.`,
  notAdmin: "You are not in ADMIN_USERS.",
  noAdmins: rich`Renewals from Slack are off, because ADMIN_USERS is not set. Use ${code("wa-token renew")} in a terminal.`,
  noWay: "Choose a way.",

  /** Above the answer to a button or form. */
  answerTitle: "Renewal",

  /** In the guide, for admins. */
  startChecklist: "Start a checklist for …",
  startChecklistAbout: rich`As an admin, you can start a checklist for a watch in its channel.`,
} as const;

const WAY_NAMES: Readonly<Record<Way, string>> = { refresh: "A refresh", given: "The checklist" };

const MOST_ADMINS = 10;
