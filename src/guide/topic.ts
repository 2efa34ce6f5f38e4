import type { Part, Spans } from "./rich-text.ts";

type StepNumber = 1 | 2 | 3 | 4 | 5;

export type TopicId =
  | "overview"
  | `step-${StepNumber}`
  | "system-users"
  | "summary"
  | "expired"
  | "never"
  | "scopes"
  | "account"
  | "ids"
  | "register"
  | "wrong-app"
  | "app-secret"
  | "app-blocked"
  | "allow-list"
  | "two-factor"
  | "live"
  | "leak"
  | "verify"
  | "errors";

export interface Topic {
  readonly id: TopicId;
  /** `setup`: a part of the guide as one reads it through. `help`: found by words or by a finding; begins with its summary. */
  readonly kind: "setup" | "help";
  readonly step?: StepNumber;
  readonly title: string;
  /** One sentence, plain text. */
  readonly summary: string;
  readonly parts: readonly Part[];
  /** Good to know, but nothing that one has to do. */
  readonly tips: readonly Spans[];
  /** The step that is done next; a button there, because nobody can type a command in a modal. */
  readonly nextStep?: StepNumber;
  /** Words, phrases and error codes by which `findTopic` finds it, in English; `languages/` knows them in others. */
  readonly keywords: readonly string[];
  /** Phrases too common to count beside other words: they find it only when nothing else was asked. */
  readonly alone?: readonly string[];
}
