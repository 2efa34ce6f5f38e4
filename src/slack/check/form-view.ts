import type { InputBlock, ModalView } from "@slack/types";
import { context, LIMITS, modal, option, plain, section } from "../blocks.ts";
import { COMMAND } from "../parse-command.ts";
import { ACCOUNT_FIELD, CHECK_FORM, PHONE_FIELD, TOKEN_FIELD, WATCH_FIELD } from "./ids.ts";

/** Tokens have a few hundred characters; Slack's fields take no more than this (modals, docs.slack.dev, read 2026-11). */
export const LONGEST_TOKEN = 3_000;

/** Meta's ids have about 15 digits. */
const LONGEST_ID = 40;

export interface FormOptions {
  /** Names of the watches. */
  readonly watches: readonly string[];
  /** The one to choose first; where there is only one watch it is that one anyway. */
  readonly chosen: string | undefined;
  /** Makes the ids of this form its own. */
  readonly suffix: string;
  /** Asks for a phone number and an account too, for a token that no watch stands behind. */
  readonly withIds: boolean;
}

/** A select takes a hundred options; with more watches it offers the one that was named. */
const offered = ({ watches, chosen }: FormOptions): readonly string[] => {
  if (watches.length <= LIMITS.options) return watches;
  return chosen === undefined ? [] : [chosen];
};

const watchField = (names: readonly string[], { watches, chosen, suffix }: FormOptions): InputBlock => {
  const options = names.map((name) => option(name, name));
  const first = watches.length === 1 ? watches[0] : chosen;
  const initial = options.find(({ value }) => value === first);
  return {
    type: "input",
    block_id: `${WATCH_FIELD}${suffix}`,
    optional: true,
    label: plain("Watched token", LIMITS.placeholder),
    hint: plain(
      "Its deployed token is checked. If you also type a token, that one is checked for this job instead.",
      LIMITS.placeholder,
    ),
    element: {
      type: "static_select",
      action_id: `${WATCH_FIELD}${suffix}`,
      placeholder: plain("Choose one", LIMITS.placeholder),
      options,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
};

const tokenField = (names: readonly string[], { suffix }: FormOptions): InputBlock => ({
  type: "input",
  block_id: `${TOKEN_FIELD}${suffix}`,
  // Without a watch to choose, only a token can be checked.
  optional: names.length > 0,
  label: plain("Token", LIMITS.placeholder),
  hint: plain("Without quotes. It is not masked, so mind who looks at your screen.", LIMITS.placeholder),
  element: {
    type: "plain_text_input",
    action_id: `${TOKEN_FIELD}${suffix}`,
    multiline: false,
    max_length: LONGEST_TOKEN,
  },
});

const idField = (field: string, label: string, suffix: string): InputBlock => ({
  type: "input",
  block_id: `${field}${suffix}`,
  optional: true,
  label: plain(label, LIMITS.placeholder),
  hint: plain("Digits only, as WhatsApp Manager and the API Setup page show it.", LIMITS.placeholder),
  element: { type: "plain_text_input", action_id: `${field}${suffix}`, multiline: false, max_length: LONGEST_ID },
});

const idFields = ({ withIds, suffix }: FormOptions): readonly InputBlock[] =>
  withIds
    ? [idField(PHONE_FIELD, "Phone number ID", suffix), idField(ACCOUNT_FIELD, "WhatsApp Business Account ID", suffix)]
    : [];

/** The private form: a watch first, a token only where there must be one. */
export const formView = (form: FormOptions): ModalView => {
  const names = offered(form);
  const first = names.length === 0 ? "" : "Choose a watched token: nothing secret is typed then. ";
  return {
    ...modal("Check a token", [
      section(
        `${first}If you type a token, Slack's servers see what you type; nothing is posted, and this bot does not keep it.`,
      ),
      ...(names.length === 0 ? [] : [watchField(names, form)]),
      ...(form.watches.length > LIMITS.options
        ? [context(`There are ${form.watches.length} watched tokens. To choose one: \`${COMMAND} check NAME\`.`)]
        : []),
      tokenField(names, form),
      ...idFields(form),
    ]),
    callback_id: CHECK_FORM,
    submit: plain("Check", LIMITS.title),
  };
};
