import { rich } from "../../guide/rich-text.ts";
import type { Held, Proof, ReadProof, RenewSettings, TokenWriter, WriteTarget } from "../../renewal/ports.ts";
import { consumerOf } from "../../renewal/rules/in-use.ts";
import { fingerprintOf } from "../../token/secret/secret.ts";
import { describeSource, type ReadSource, type Source } from "../../token/secret/source.ts";
import { terminalText } from "../../words/plain-text.ts";
import { listed } from "../../words/values.ts";
import { type Line, notTried } from "./line.ts";

/** The parts that look at places and ask apps, without a change of anything. */
export interface AskRenewal {
  readonly checkPlace: TokenWriter["check"];
  readonly readProof: ReadProof;
  readonly readSource: ReadSource;
}

/** What a watch says about its renewals. */
export interface RenewedWatch {
  readonly name: string;
  readonly source: Source;
  readonly renew: RenewSettings;
}

/**
 * Checks the place where each watch saves a new token, without writing, and compares the tokens that the running apps
 * use with the token of the source. No line for a watch without settings for renewals.
 * @param blockedProofs replaces the lines about apps while a variable of the network has a problem
 */
export async function renewalLines(
  ask: AskRenewal,
  watches: readonly RenewedWatch[],
  blockedProofs?: Line,
): Promise<readonly Line[]> {
  const places = await Promise.all(watches.map((watch) => placeLines(ask, watch)));
  return [...places.flat(), ...(await proofLines(ask, watches, blockedProofs))];
}

/** True when somebody configured how the token of this watch is renewed. */
export function isRenewed({ renew: { write, proofs } }: RenewedWatch): boolean {
  return write !== undefined || proofs.length > 0;
}

/** More questions would make people wait. */
const MOST_PROOFS = 20;

async function placeLines(ask: AskRenewal, watch: RenewedWatch): Promise<readonly Line[]> {
  const { write } = watch.renew;
  if (write === undefined) return [];
  const topic = `Renewal of ${watch.name}`;
  const held = await ask.checkPlace(write);
  if (!held.ok) return [{ status: "problem", topic, text: `${held.message} Then run this again.` }];
  if (write.kind === "exec")
    return [{ status: "ok", topic, text: `${describeSource(write)} can be started. Doctor did not run it.` }];
  const other = await otherToken(ask, watch, held.secret);
  const place = describeSource(write);
  return other === undefined
    ? [{ status: "ok", topic, text: `a new token can be saved in ${place}. Doctor wrote nothing.` }]
    : [{ status: "warning", topic, text: otherPlaceText(watch.source, write, other) }];
}

type Other = "no token" | "another value";

/** How the place differs from the source. Undefined: not at all, or the source gives no token to compare. */
async function otherToken(
  ask: AskRenewal,
  watch: RenewedWatch,
  held: Extract<Held, { ok: true }>["secret"],
): Promise<Other | undefined> {
  const used = await usedBy(ask, watch);
  if (used === undefined) return undefined;
  if (held === null) return "no token";
  return fingerprintOf(held) === used ? undefined : "another value";
}

/** A renewal that saves in one place and reads another is never proven. */
function otherPlaceText(source: Source, write: WriteTarget, other: Other): string {
  const from = describeSource(source);
  return `a new token can be saved in ${describeSource(write)}, but that place has ${other}, and the bot reads a token from ${from}. A renewal waits until ${from} gives the new token. Save to the place that the bot reads, or check the program that copies the token. Then run this again.`;
}

/** The fingerprint of the source's token. Undefined when there is none; the line about the token says why. */
async function usedBy({ readSource }: AskRenewal, { source }: RenewedWatch): Promise<string | undefined> {
  const reading = await readSource(source);
  const fingerprint = reading.ok ? fingerprintOf(reading.secret) : "";
  return fingerprint === "" ? undefined : fingerprint;
}

async function proofLines(
  ask: AskRenewal,
  watches: readonly RenewedWatch[],
  blocked: Line | undefined,
): Promise<readonly Line[]> {
  const all = watches.flatMap((watch) => watch.renew.proofs.map((proof) => ({ watch, proof })));
  if (all.length > 0 && blocked !== undefined) return [blocked];
  const lines = await Promise.all(all.slice(0, MOST_PROOFS).map(({ watch, proof }) => proofLine(ask, watch, proof)));
  const left = all.length - MOST_PROOFS;
  return left <= 0
    ? lines
    : [
        ...lines,
        notTried(
          "Proofs",
          `${String(left)} more proofs were not asked, because doctor asks at most ${String(MOST_PROOFS)}.`,
        ),
      ];
}

async function proofLine(ask: AskRenewal, watch: RenewedWatch, proof: Proof): Promise<Line> {
  const topic = `Proof of ${watch.name}`;
  const consumer = consumerOf(proof);
  const [answer, used] = await Promise.all([ask.readProof(proof), usedBy(ask, watch)]);
  if (!answer.ok) return { status: "no_answer", topic, text: `${consumer}: ${answer.message} Then run this again.` };
  if (answer.fingerprints.length === 0)
    return {
      status: "problem",
      topic,
      text: `${consumer} gave no fingerprint. Let the app give that of its token. Then run this again.`,
    };
  const shown = shownFingerprints(answer.fingerprints);
  if (used === undefined)
    return notTried(topic, `${consumer} gave ${shown}. Not compared, because the source gives no token.`);
  const others = answer.fingerprints.filter((fingerprint) => fingerprint !== used);
  return others.length === 0
    ? { status: "ok", topic, text: `${consumer} uses the token of the source (${used}).` }
    : {
        status: "warning",
        topic,
        text: `${consumer} uses another token (${shownFingerprints(others)}) than the source gives (${used}). If the token was replaced, restart the app. Otherwise, check that the proof belongs to this watch. Then run this again.`,
      };
}

function shownFingerprints(fingerprints: readonly string[]): string {
  return terminalText(
    listed(
      [...new Set(fingerprints)].map((fingerprint) => rich`${fingerprint}`),
      3,
    ),
  );
}
