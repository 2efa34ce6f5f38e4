import { command, rich, type Spans } from "../../guide/rich-text.ts";
import { coded, foreign, named } from "../values.ts";

/** The sentences and buttons around the topics of the guide. The topics themselves are in src/guide/. */
export const guide = {
  notFound: (asked: string): Spans => rich`The guide has no topic about “${foreign(asked, LONGEST_ASKED)}”.`,
  /** @param search the words that find the topic */
  nearest: (title: string, search: string): Spans =>
    rich`Nearest topic: ${named(title)}. Run ${command(`guide ${search}`)} to open it.`,
  /** In a terminal. */
  didYouMean: (title: string, search: string): Spans =>
    rich`Did you mean “${named(title)}”? Run ${command(`guide ${search}`)}.`,
  /** In a terminal, when the typed words resemble no topic. */
  readAll: (): Spans => rich`Run ${command("guide")} to read the whole guide.`,
  allTopics: "All topics",

  ofWatch: (watch: string): Spans => rich`This guide shows the IDs and the token location of ${coded(watch)}.`,
  notPersonalised: (): Spans =>
    rich`The configuration has problems, so the guide is not personalised. Run ${command("doctor")} to see the problems.`,

  open: "Open the guide",
  openAloud: "Open the guide to a token that does not expire",

  modalTitle: "WhatsApp token guide",
  closeModal: "Back to the result",
  goToTopic: "Go to a topic",
  openTopic: "Open this topic",
  openTopicAloud: (title: string): string => `Open this topic: ${title}`,
  walk: "Walk step by step",
  walkAloud: "Walk step by step through the guide",
  openSettings: "Open Business settings",
  openSettingsAloud: "Open Business settings in the browser",
  openApps: "Open my Meta apps",
  openAppsAloud: "Open my Meta apps in the browser",
  step: (step: number): string => `Step ${String(step)}`,
  stepAloud: (title: string): string => `Go to ${title}`,
  previous: "Previous",
  previousAloud: (title: string): string => `Previous: ${title}`,
  next: "Next",
  nextAloud: (title: string): string => `Next: ${title}`,
  whole: "Whole guide",
  wholeAloud: "Show the whole guide",
};

/** The first characters are enough to see a typo. A longer text could contain a part of a secret. */
const LONGEST_ASKED = 20;
