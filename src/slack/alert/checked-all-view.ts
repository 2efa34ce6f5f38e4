/** What a press on "Check all now" came to, in tokens. */
export interface CheckedAll {
  /** That the message is about. */
  readonly of: number;
  readonly healthy: number;
  readonly broken: number;
  /** Meta gave no answer. */
  readonly unanswered: number;
  /** Somebody else checks them right now, or something went wrong on our side. */
  readonly skipped: number;
}

const tokens = (count: number): string => `${count} ${count === 1 ? "token" : "tokens"}`;

/** While it runs, for the person who pressed. */
export const checkingAllText = (count: number, of: number): string =>
  `Checking ${count === of ? tokens(of) : `${count} of the ${tokens(of)}`}, one after the other… This takes a while.`;

/** What it found; the message has the rest. */
export const checkedAllText = ({ of, healthy, broken, unanswered, skipped }: CheckedAll): string => {
  const checked = healthy + broken + unanswered;
  const left = of - checked - skipped;
  const parts = [
    { count: healthy, word: "healthy" },
    { count: broken, word: "still not fixed" },
    { count: unanswered, word: "without an answer" },
    { count: skipped, word: "not checked: another check runs, or something went wrong on our side" },
  ].filter(({ count }) => count > 0);
  return [
    `Checked ${checked} of ${tokens(of)}: ${parts.map(({ count, word }) => `${count} ${word}`).join(", ")}.`,
    ...(left > 0 ? [`Press again for the other ${left}.`] : []),
  ].join(" ");
};
