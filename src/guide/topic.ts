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
  | "wrong-app"
  | "app-secret"
  | "live"
  | "leak"
  | "verify";

/** `seed`: the team's original guide. `added`: what Meta's pages and other teams taught us since. */
type Origin = "seed" | "added";

/** An addition to a seed topic, shown as "Added: advice Why: why". */
export interface Note {
  readonly advice: Spans;
  /** Left out where the advice says it all. */
  readonly why?: Spans;
}

export interface Topic {
  readonly id: TopicId;
  /** Where the parts come from; notes are always added. */
  readonly origin: Origin;
  readonly step?: StepNumber;
  readonly title: string;
  /** One sentence, plain text. */
  readonly summary: string;
  readonly parts: readonly Part[];
  readonly notes: readonly Note[];
  /** The step that is done next; a button there, because nobody can type a command in a modal. */
  readonly nextStep?: StepNumber;
  /** Words, phrases and error codes by which `findTopic` finds it. */
  readonly keywords: readonly string[];
  /** Phrases too common to count beside other words: they find it only when nothing else was asked. */
  readonly alone?: readonly string[];
}
