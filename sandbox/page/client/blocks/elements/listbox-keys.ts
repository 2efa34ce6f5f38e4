/** The effect of a key in a list of options. */
export type Step =
  | { readonly kind: "move"; readonly index: number }
  | { readonly kind: "choose"; readonly index: number }
  | { readonly kind: "close" };

/**
 * Implements the pattern "select-only combobox" (ARIA Authoring Practices, read 2026-11). Undefined: the list does not
 * use this key.
 */
export function stepOf(key: string, { active, chosen, texts }: List): Step | undefined {
  if (active === undefined) return OPENERS.includes(key) ? { kind: "move", index: Math.max(chosen, 0) } : undefined;
  const last = texts.length - 1;
  switch (key) {
    case "ArrowDown":
      return { kind: "move", index: Math.min(active + 1, last) };
    case "ArrowUp":
      return { kind: "move", index: Math.max(active - 1, 0) };
    case "Home":
      return { kind: "move", index: 0 };
    case "End":
      return { kind: "move", index: last };
    case "Enter":
    case " ":
      return { kind: "choose", index: active };
    case "Escape":
      return { kind: "close" };
    default:
      return key.length === 1 ? startingWith(key.toLowerCase(), active, texts) : undefined;
  }
}

interface List {
  /** Index of the highlighted option; undefined while the list is closed. */
  readonly active: number | undefined;
  /** Index of the chosen option; -1 when none is chosen. */
  readonly chosen: number;
  readonly texts: readonly string[];
}

const OPENERS = ["ArrowDown", "ArrowUp", "Enter", " "];

/** Moves to the next option that begins with this letter. */
function startingWith(letter: string, active: number, texts: readonly string[]): Step | undefined {
  const indexes = [...texts.keys()];
  const round = [...indexes.slice(active + 1), ...indexes.slice(0, active + 1)];
  const index = round.find((candidate) => texts[candidate]?.toLowerCase().startsWith(letter));
  return index === undefined ? undefined : { kind: "move", index };
}
