import { ASSIGNMENT, BEARER, QUOTED } from "./shape-rules.ts";

/** What stood around a token that a person gave. */
type Wrapping = "quotation marks" | "the word Bearer" | "the name with its equals sign";

export interface BareToken {
  readonly token: string;
  /** What was taken off, from outside to inside, each once. */
  readonly removed: readonly Wrapping[];
}

/** Takes off what people copy together with a token: outer quotes, `Bearer `, `NAME=`, in any order and depth. */
export const bareToken = (text: string): BareToken => {
  let token = text.trim();
  const removed = new Set<Wrapping>();
  for (let layer = 0; layer < MOST_LAYERS; layer += 1) {
    const found = unwrap(token);
    if (found === undefined) break;
    token = found.token.trim();
    removed.add(found.wrapping);
  }
  return { token, removed: [...removed] };
};

/** More than anybody copies; what is still wrapped then is refused by its shape. */
const MOST_LAYERS = 8;

function unwrap(text: string): { readonly token: string; readonly wrapping: Wrapping } | undefined {
  const quoted = QUOTED.exec(text)?.[1];
  if (quoted !== undefined) return { token: quoted, wrapping: "quotation marks" };
  if (BEARER.test(text)) return { token: text.replace(BEARER, ""), wrapping: "the word Bearer" };
  if (ASSIGNMENT.test(text)) return { token: text.replace(ASSIGNMENT, ""), wrapping: "the name with its equals sign" };
  return undefined;
}
