import { shapeProblem } from "../../token/secret/shape-problem.ts";
import { Secret, SHORTEST_TOKEN } from "../../token/secret/secret.ts";
import { tokenShapesIn } from "../../token/secret/shape.ts";
import { textsIn } from "./texts-in.ts";

/** A text that may be a token. */
export interface Candidate {
  /**
   * The ways to read it, likeliest first. Slack's markup can leave `_` at the end of a token, and words can follow a
   * `-`. A token of Meta consists of letters and digits.
   */
  readonly forms: readonly [Secret, ...Secret[]];
  /**
   * True for tokens of Meta. False for any other long text: Meta must not see other people's secrets, so the bot checks
   * it only when a watch has it.
   */
  readonly ofMeta: boolean;
}

/** Another secret, which the bot cannot check. */
export type OtherSecret = "app_token" | "slack" | "instagram" | "threads" | "base64" | "part";

export interface Leaks {
  readonly candidates: readonly Candidate[];
  /** Each kind once. */
  readonly others: readonly OtherSecret[];
}

/** Finds what looks like a token in a message. Reads any payload; the same token in several fields counts once. */
export function findLeaks(message: unknown): Leaks {
  const found = textsIn(message)
    .flatMap(tokenShapesIn)
    .map((text) => text.replace(/[_-]+$/, ""));
  const texts = whole([...new Set(found)].slice(0, MOST_TEXTS));
  const others = new Set<OtherSecret>();
  const candidates = texts.flatMap((text): readonly Candidate[] => {
    const ofMeta = META.test(text);
    const shape = shapeProblem(new Secret(text))?.shape;
    if (shape === undefined) return [{ forms: formsOf(text), ofMeta }];
    const other = OTHERS[shape] ?? (ofMeta ? "part" : undefined);
    if (other !== undefined) others.add(other);
    return [];
  });
  return { candidates, others: [...others] };
}

/** Each text is compared with the others, so a message that consists of tokens must not keep the bot busy. */
const MOST_TEXTS = 200;

const META = /^(?:EAA|CAA)/;

const OTHERS: Readonly<Record<string, OtherSecret>> = {
  app_token: "app_token",
  slack: "slack",
  instagram: "instagram",
  threads: "threads",
  base64: "base64",
};

/** Leaves out parts of other texts: previews cut a token, and rich text can split it. */
function whole(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => !texts.some((other) => other !== text && other.includes(text)));
}

function formsOf(text: string): Candidate["forms"] {
  const head = /^[0-9A-Za-z]*/.exec(text)?.[0] ?? "";
  const full = new Secret(text);
  return head.length >= SHORTEST_TOKEN && head !== text ? [new Secret(head), full] : [full];
}
