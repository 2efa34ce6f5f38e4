import { ASSIGNMENT, BEARER, QUOTED } from "./shape-rules.ts";

export interface BareToken {
  readonly token: string;
  /** The kinds of wrapping that were removed, outermost first. Each kind appears once. */
  readonly removed: readonly Wrapping[];
}

/**
 * Removes the text that people copy together with a token: outer quotes, `Bearer ` and `NAME=`, in any order and depth.
 */
export function bareToken(text: string): BareToken {
  let token = text.trim();
  const removed = new Set<Wrapping>();
  for (let layer = 0; layer < MOST_LAYERS; layer += 1) {
    const found = unwrap(token);
    if (found === undefined) break;
    token = found.token.trim();
    removed.add(found.wrapping);
  }
  return { token, removed: [...removed] };
}

/** Text that people copy together with a token. */
type Wrapping = "quotation marks" | "the word Bearer" | "the name with its equals sign";

/** More layers than copied text has. If a layer is left, the shape check refuses the value. */
const MOST_LAYERS = 8;

function unwrap(text: string): { readonly token: string; readonly wrapping: Wrapping } | undefined {
  const quoted = QUOTED.exec(text)?.[1];
  if (quoted !== undefined) return { token: quoted, wrapping: "quotation marks" };
  if (BEARER.test(text)) return { token: text.replace(BEARER, ""), wrapping: "the word Bearer" };
  if (ASSIGNMENT.test(text)) return { token: text.replace(ASSIGNMENT, ""), wrapping: "the name with its equals sign" };
  return undefined;
}
