import { mayHoldSecret } from "../../token/secret/shape.ts";
import { bareName } from "../kit/bare-name.ts";

/** The one slash command. manifest.yml has the same name. */
export const COMMAND = "/wa-token";

/** The request in the text after `/wa-token`. */
export type ParsedCommand =
  /** The text contains something like a secret, so the bot reads nothing else in it. */
  | { readonly kind: "leaked" }
  | { readonly kind: "guide"; readonly words: string }
  | { readonly kind: "check" | "status"; readonly name: string | undefined }
  /** `unknown` is a word that is no command. */
  | { readonly kind: "help"; readonly unknown: string | undefined };

/** Reads the text after the command. Accepts any text; unknown text means help. */
export function parseCommand(text: string): ParsedCommand {
  if (mayHoldSecret(text)) return { kind: "leaked" };
  const [, verb = "", rest = ""] = /^(\S*)\s*(.*)$/su.exec(text.trim()) ?? [];
  switch (verb.toLowerCase()) {
    case "guide":
      return { kind: "guide", words: rest };
    case "check":
      return { kind: "check", name: nameIn(rest) };
    case "status":
      return { kind: "status", name: nameIn(rest) };
    case "":
    case "help":
      return { kind: "help", unknown: undefined };
    default:
      return { kind: "help", unknown: verb };
  }
}

function nameIn(text: string): string | undefined {
  const name = bareName(text);
  return name === "" ? undefined : name;
}
