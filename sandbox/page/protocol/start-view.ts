/** The card "Start here" of a calm world. */
export interface StartView {
  /** False after the first use of the card, and in the world of a story. */
  readonly shown: boolean;
}
