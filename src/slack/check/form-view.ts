import type { InputBlock, ModalView } from "@slack/types";
import { words } from "../../words/words.ts";
import { context, LIMITS, modal, option, plain, section } from "../kit/blocks.ts";
import { slackText } from "../kit/spans.ts";
import { ACCOUNT_FIELD, CHECK_FORM, PHONE_FIELD, TOKEN_FIELD, WATCH_FIELD } from "./ids.ts";

/** Tokens have a few hundred characters. Slack's fields take no more than this (modals, docs.slack.dev, read 2026-11). */
export const LONGEST_TOKEN = 3_000;

export interface FormOptions {
  /** Names of the watches. */
  readonly watches: readonly string[];
  /** The watch that is selected first. A single watch is always selected. */
  readonly chosen: string | undefined;
  /** Makes the IDs of this form unique. */
  readonly suffix: string;
  /** Also asks for the IDs of a phone number and an account, for a token that belongs to no watch. */
  readonly withIds: boolean;
}

/** The private form: a watch first, so that nobody pastes a token without need. */
export function formView(form: FormOptions): ModalView {
  const names = offered(form);
  return {
    ...modal(text.title, [
      section(slackText(text.intro(names.length > 0))),
      ...(names.length === 0 ? [] : [watchField(names, form)]),
      ...(form.watches.length > LIMITS.options ? [context(slackText(text.manyWatches(form.watches.length)))] : []),
      tokenField(names, form),
      ...idFields(form),
    ]),
    callback_id: CHECK_FORM,
    submit: plain(text.submit, LIMITS.title),
  };
}

/** Meta's IDs have about 15 digits. */
const LONGEST_ID = 40;

const text = words.checkForm;

/** A select takes a hundred options. With more watches it offers only the chosen one. */
function offered({ watches, chosen }: FormOptions): readonly string[] {
  if (watches.length <= LIMITS.options) return watches;
  return chosen === undefined ? [] : [chosen];
}

function watchField(names: readonly string[], { watches, chosen, suffix }: FormOptions): InputBlock {
  const options = names.map((name) => option(name, name));
  const first = watches.length === 1 ? watches[0] : chosen;
  const initial = options.find(({ value }) => value === first);
  return {
    type: "input",
    block_id: `${WATCH_FIELD}${suffix}`,
    optional: true,
    label: plain(text.watch, LIMITS.placeholder),
    hint: plain(text.watchHint, LIMITS.placeholder),
    element: {
      type: "static_select",
      action_id: `${WATCH_FIELD}${suffix}`,
      placeholder: plain(text.watchPlaceholder, LIMITS.placeholder),
      options,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}

function tokenField(names: readonly string[], { suffix }: FormOptions): InputBlock {
  return {
    type: "input",
    block_id: `${TOKEN_FIELD}${suffix}`,
    // With no watch to pick, the token is required.
    optional: names.length > 0,
    label: plain(text.token, LIMITS.placeholder),
    hint: plain(text.tokenHint, LIMITS.placeholder),
    element: {
      type: "plain_text_input",
      action_id: `${TOKEN_FIELD}${suffix}`,
      multiline: false,
      max_length: LONGEST_TOKEN,
    },
  };
}

function idField(field: string, label: string, suffix: string): InputBlock {
  return {
    type: "input",
    block_id: `${field}${suffix}`,
    optional: true,
    label: plain(label, LIMITS.placeholder),
    hint: plain(text.idHint, LIMITS.placeholder),
    element: { type: "plain_text_input", action_id: `${field}${suffix}`, multiline: false, max_length: LONGEST_ID },
  };
}

function idFields({ withIds, suffix }: FormOptions): readonly InputBlock[] {
  return withIds ? [idField(PHONE_FIELD, text.phone, suffix), idField(ACCOUNT_FIELD, text.account, suffix)] : [];
}
