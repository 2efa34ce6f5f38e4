import { causeOf } from "../../network/cause.ts";
import type { Fetch } from "../../network/fetch.ts";
import type { Proof, ReadProof } from "../../renewal/ports.ts";
import { OwnTroubleError, ownTroubleOf } from "../../token/own-trouble.ts";
import { redact } from "../../token/secret/shape.ts";
import { type CommandsOptions, createCommands } from "../commands.ts";
import { systemCode } from "../reading.ts";
import { fingerprintsIn } from "./fingerprints.ts";

export interface ProofReaderOptions extends CommandsOptions {
  /** Through the configured proxy. */
  readonly fetch: Fetch;
}

/**
 * Asks the running app for the fingerprint of its token, by a request (5 s) or a command (10 s). The answer is read up to
 * 4 KiB, never logged, and never part of a message. Messages do not contain the address: its query can be a password.
 */
export function createProofReader({ fetch, signal, ...options }: ProofReaderOptions): ReadProof {
  const commands = createCommands({ ...options, signal });

  const answerOfUrl = async (url: string): Promise<Answer> => {
    const timeout = AbortSignal.timeout(REQUEST_MS);
    try {
      const answer = await fetch(url, {
        // The target of a redirect could be any host, and would decide whether the old token is ended.
        redirect: "manual",
        headers: { accept: "application/json, text/plain" },
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
      if (!answer.ok) {
        await answer.body?.cancel();
        return failed(refusedWith(answer.status, answer.headers.get("location"), url));
      }
      return await upToLimit(answer.body);
    } catch (error) {
      if (timeout.aborted) return failed(`No answer within ${REQUEST_MS / 1000} s. Check that the app runs.`);
      return failed(`No answer: ${causeOf(error)}. Check the address and that the app runs.`);
    }
  };

  const answerOfCommand = async (argv: Extract<Proof, { kind: "exec" }>["argv"]): Promise<Answer> => {
    try {
      const reading = await commands.run(argv, COMMAND_MS);
      if (!reading.ok) return failed(`The command failed: ${reading.problem}`);
      return reading.text.length > MOST_BYTES ? failed(TOO_LONG) : { ok: true, text: reading.text };
    } catch (error) {
      const trouble = error instanceof OwnTroubleError ? error : ownTroubleOf(systemCode(error) ?? "");
      if (trouble === undefined) throw error;
      return failed(trouble.message);
    }
  };

  return async (proof) => {
    const answer = proof.kind === "url" ? await answerOfUrl(proof.url) : await answerOfCommand(proof.argv);
    if (!answer.ok) return answer;
    const read = fingerprintsIn(answer.text);
    return read.ok ? read : failed(`The answer ${read.problem}`);
  };
}

type Answer = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

const REQUEST_MS = 5_000;
const COMMAND_MS = 10_000;

/** Room for about 200 fingerprints. */
const MOST_BYTES = 4 * 1024;

const TOO_LONG = `The answer is longer than ${MOST_BYTES / 1024} KiB. The app must answer with the fingerprint alone.`;

function failed(message: string): Answer & { readonly ok: false } {
  return { ok: false, message: redact(message) };
}

function refusedWith(status: number, location: string | null, url: string): string {
  if (status < 300 || status > 399) return `The app answered HTTP ${status}. Check the address and the app's log.`;
  const host = location !== null && URL.canParse(location, url) ? ` to ${new URL(location, url).host}` : "";
  return `The app answered HTTP ${status}, a redirect${host}. The bot follows no redirect. Configure the final address.`;
}

/** Stops reading at the limit, so that a large or endless answer costs nothing. */
async function upToLimit(body: AsyncIterable<Uint8Array> | null): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > MOST_BYTES) return failed(TOO_LONG);
    chunks.push(chunk);
  }
  return { ok: true, text: Buffer.concat(chunks).toString("utf8") };
}
