/** Few enough names for one question to the store, whatever it runs on; most are not due and cost only that. */
const PIECE = 200;

/** The watches that a round has not taken yet, asked for in pieces. */
export interface Pending {
  /** The names to ask for now; undefined when none are left. */
  readonly piece: () => readonly string[] | undefined;
  /** This one is in hand. */
  readonly take: (name: string) => void;
  /** None of the piece is due any more. */
  readonly pass: () => void;
  /** To be asked for once more, before the round ends. */
  readonly putBack: (name: string) => void;
}

export const createPending = (names: readonly string[]): Pending => {
  const pieces: Set<string>[] = [];
  for (let from = 0; from < names.length; from += PIECE) pieces.push(new Set(names.slice(from, from + PIECE)));
  return {
    piece: () => pieces[0] && [...pieces[0]],
    take: (name) => {
      pieces[0]?.delete(name);
      if (pieces[0]?.size === 0) pieces.shift();
    },
    pass: () => void pieces.shift(),
    putBack: (name) => void pieces.push(new Set([name])),
  };
};
