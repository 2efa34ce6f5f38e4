import { expect, it } from "vitest";
import { words } from "../../src/words/words.ts";

const { buttons, checkForm, guide, help, results, status } = words;

/** The text of a button, and what a screen reader says instead. */
const LABELLED: readonly (readonly [text: string, label: string])[] = [
  ...Object.values(buttons).map(({ text, label }) => [text, label] as const),
  [checkForm.open, checkForm.openLabel],
  [guide.openTopic, guide.openTopicAloud("Permissions")],
  [guide.open, guide.openAloud],
  [guide.walk, guide.walkAloud],
  [guide.openSettings, guide.openSettingsAloud],
  [guide.openApps, guide.openAppsAloud],
  [guide.step(1), guide.stepAloud("Step 1: Open Business Settings")],
  [guide.previous, guide.previousAloud("Step 1")],
  [guide.next, guide.nextAloud("Step 2")],
  [guide.whole, guide.wholeAloud],
  [help.leak.guide, help.leak.guideLabel],
  [results.buttons.showMeHow, results.buttons.showMeHowLabel],
  [results.buttons.tryAgain, results.buttons.tryAgainLabel],
  [results.buttons.another, results.buttons.anotherLabel],
  [results.buttons.testReach, results.buttons.testReachLabel],
  [status.card.check, status.card.checkLabel],
];

// People who speak to their device say what they see (WCAG 2.5.3, Label in Name).
it.each(LABELLED)("the label of “%s” contains that text", (text, label) => {
  expect(label.toLowerCase()).toContain(text.replace(/…$/, "").toLowerCase());
});
