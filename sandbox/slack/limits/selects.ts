import { checkInitialOptions, checkOptions, checkOptionsOrGroups } from "./options.ts";
import { MENU_HOLDERS } from "./element-rule.ts";
import type { ElementRule } from "./element-rule.ts";

const MENU = ["placeholder", "confirm", "focus_on_load"];

/** Elements in which people choose options (block elements pages, docs.slack.dev, read 2026-11). */
export const SELECT_ELEMENTS: Readonly<Record<string, ElementRule>> = {
  static_select: {
    holders: MENU_HOLDERS,
    keys: [...MENU, "options", "option_groups", "initial_option"],
    check: (check, element, at) => {
      checkOptionsOrGroups(check, element, at);
      checkInitialOptions(check, element, at);
    },
  },
  multi_static_select: {
    holders: MENU_HOLDERS,
    keys: [...MENU, "options", "option_groups", "initial_options", "max_selected_items"],
    check: (check, element, at) => {
      checkOptionsOrGroups(check, element, at);
      checkInitialOptions(check, element, at);
    },
  },
  radio_buttons: choiceRule("initial_option", 10),
  checkboxes: choiceRule("initial_options", 10),
  overflow: {
    holders: ["actions", "section"],
    keys: ["options", "confirm"],
    check: (check, element, at) => checkOptions(check, element, at, { max: 5, mrkdwn: false, url: true }),
  },
  users_select: pickerRule(["initial_user"]),
  multi_users_select: pickerRule(["initial_users", "max_selected_items"]),
  conversations_select: pickerRule([
    "initial_conversation",
    "default_to_current_conversation",
    "response_url_enabled",
    "filter",
  ]),
  multi_conversations_select: pickerRule([
    "initial_conversations",
    "default_to_current_conversation",
    "max_selected_items",
    "filter",
  ]),
  channels_select: pickerRule(["initial_channel", "response_url_enabled"]),
  multi_channels_select: pickerRule(["initial_channels", "max_selected_items"]),
  external_select: pickerRule(["initial_option", "min_query_length"]),
  multi_external_select: pickerRule(["initial_options", "min_query_length", "max_selected_items"]),
};

function choiceRule(initial: string, max: number): ElementRule {
  return {
    holders: MENU_HOLDERS,
    keys: ["options", initial, "confirm", "focus_on_load"],
    check: (check, element, at) => {
      checkOptions(check, element, at, { max, mrkdwn: true });
      checkInitialOptions(check, element, at);
    },
  };
}

function pickerRule(keys: readonly string[]): ElementRule {
  return { holders: MENU_HOLDERS, keys: [...MENU, ...keys], check: () => {} };
}
