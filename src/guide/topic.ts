import type { Part, Spans } from "./rich-text.ts";

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
  /** `setup`: a part of the guide to read in order. `help`: found by words or a finding, shown with its summary. */
  readonly kind: "setup" | "help";
  readonly step?: StepNumber;
  readonly title: string;
  /** One sentence, plain text. */
  readonly summary: string;
  readonly parts: readonly Part[];
  /** Optional advice, shown after the steps. */
  readonly tips: readonly Spans[];
  /** The setup step that comes next. It becomes a button, because people cannot type a command in a modal. */
  readonly nextStep?: StepNumber;
  /** English words, phrases and error codes for `findTopic`. `languages/` translates other languages to them. */
  readonly keywords: readonly string[];
  /** Common phrases. They find the topic only when the search holds no other words. */
  readonly alone?: readonly string[];
}

type StepNumber = 1 | 2 | 3 | 4 | 5;
