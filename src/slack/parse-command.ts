import { mayHoldSecret } from "../token/shape.ts";
import { bareName } from "./bare-name.ts";

/** The one slash command; manifest.yml names the same. */
export const COMMAND = "/wa-token";

/** What a person asks for behind `/wa-token`. */
export type ParsedCommand =
  /** Something in the text looks like a secret: nothing else counts. */
  | { readonly kind: "leaked" }
  | { readonly kind: "guide"; readonly words: string }
  | { readonly kind: "check" | "status"; readonly name: string | undefined }
  /** `unknown`: the word that was no command. */
  | { readonly kind: "help"; readonly unknown: string | undefined };

/** Reads the text behind the command. Any text is taken; what is not understood is help. */
export const parseCommand = (text: string): ParsedCommand => {
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
};

function nameIn(text: string): string | undefined {
  const name = bareName(text);
  return name === "" ? undefined : name;
}
