/** What people of one language type for the words that the topics are found by. */
export interface Language {
  /** By the English word, as the keywords of the topics have it: the words that mean it, with spaces between. */
  readonly words: Readonly<Record<string, string>>;
  /** Words that say nothing about the topic. */
  readonly fillers: string;
}
