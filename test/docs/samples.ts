import { alertStories, replyStories } from "./alert-stories.ts";
import { checkStories } from "./check-stories.ts";
import { groupStories } from "./group-stories.ts";
import { homeStories } from "./home-stories.ts";
import { messageStories } from "./message-stories.ts";

const named = (kind: string, stories: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(stories).map(([name, text]) => [`${kind} ${name}`, text]));

/** Every sample for the documents, by the name in the comment before its fenced block. */
export const samples: Readonly<Record<string, string>> = {
  ...named("check", checkStories),
  ...named("alert", alertStories),
  ...named("reply", replyStories),
  ...named("group", groupStories),
  ...named("message", messageStories),
  ...named("home", homeStories),
};

/** The documents with samples. */
export const SAMPLED = ["README.md", "docs/operations.md"] as const;

const SAMPLE = /(<!-- sample: (.+?) -->\n+```\w+\n)([\s\S]*?)(\n```)/g;

/** The samples that a document currently contains. */
export const shownIn = (document: string): readonly { readonly name: string; readonly text: string }[] =>
  [...document.matchAll(SAMPLE)].map(([, , name = "", text = ""]) => ({ name, text }));

/** The document with the program's current output for every sample. Throws for an unknown name. */
export const refresh = (document: string): string =>
  document.replaceAll(SAMPLE, (_all, before: string, name: string, _text: string, end: string) => {
    const text = samples[name];
    if (text === undefined) throw new Error(`there is no sample ${name}`);
    return `${before}${text}${end}`;
  });
