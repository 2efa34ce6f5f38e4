import { isUtf16 } from "../../secrets/encoding.ts";
import { Secret } from "../../token/secret/secret.ts";
import { trimToken } from "../../token/secret/shape.ts";
import { words } from "../../words/words.ts";
import type { Io } from "../io.ts";

/** A token from standard input, or the sentence that says why there is none. */
export type TypedToken =
  | { readonly ok: true; readonly secret: Secret }
  | { readonly ok: false; readonly problem: string };

/** Reads the piped token, or one hidden line from a terminal. White space around a token is never part of it. */
export async function readTypedToken(io: Io): Promise<TypedToken> {
  // Starts to read before the prompt, because until then a terminal shows all typed text.
  const reading = io.readStdin();
  if (io.stdinIsTty) io.stderr.write("Paste the token and press Enter; it is not shown: ");
  const input = await reading.finally(() => io.stdinIsTty && io.stderr.write("\n"));
  const text = trimToken(input);
  if (text === "" && io.stdinIsTty) return refused(nothingChecked.notPasted);
  if (text === "") return refused(input === "" ? nothingChecked.empty : nothingChecked.blank);
  // UTF-16 text that is decoded as UTF-8 still has a zero byte at every second position.
  if (isUtf16(Buffer.from(text))) return refused(nothingChecked.utf16);
  return { ok: true, secret: new Secret(text) };
}

const { nothingChecked } = words.checkResult;

function refused(problem: string): TypedToken {
  return { ok: false, problem };
}
