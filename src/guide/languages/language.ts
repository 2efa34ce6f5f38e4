/** The words that people type in one language, and their English meanings. */
export interface Language {
  /** Maps an English word from the keywords of the topics to the words with that meaning, separated by spaces. */
  readonly words: Readonly<Record<string, string>>;
  /** Common words that do not identify a topic. */
  readonly fillers: string;
}
