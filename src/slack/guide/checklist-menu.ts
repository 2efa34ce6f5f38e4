import type { KnownBlock } from "@slack/types";
import { words } from "../../words/words.ts";
import { LIMITS, option, plain, section } from "../kit/blocks.ts";
import { slackText } from "../kit/spans.ts";
import { type AdminDeps, isAdmin } from "../renewal/is-admin.ts";
import { START_CHECKLIST } from "../renewal/ids.ts";
import type { SlackDeps } from "../requests/deps.ts";
import type { Person } from "../requests/request.ts";

/** "Start a checklist for …": a menu of watches. A menu takes a hundred; status leads to the others. */
export function checklistMenu(watches: readonly string[]): readonly KnownBlock[] {
  if (watches.length === 0) return [];
  const { startChecklist, startChecklistAbout } = words.renewal.forms;
  return [
    {
      ...section(slackText(startChecklistAbout)),
      accessory: {
        type: "static_select",
        action_id: START_CHECKLIST,
        placeholder: plain(startChecklist, LIMITS.placeholder),
        options: watches.slice(0, LIMITS.options).map((watch) => option(watch, watch)),
      },
    },
  ];
}

/** The watches in the menu: all for an admin, none for everybody else. */
export function checklistWatches(person: Person, deps: AdminDeps & Pick<SlackDeps, "cards">): readonly string[] {
  return isAdmin(person, deps) ? [...deps.cards.keys()] : [];
}
