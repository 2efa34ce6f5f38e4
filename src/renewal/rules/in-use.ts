import type { Detail } from "../detail.ts";
import type { Proof, ReadProof } from "../ports.ts";
import type { Renewal, StepState } from "../renewal.ts";

/** One reading of one proof. */
export interface ProofReading {
  readonly proof: Proof;
  readonly answer: Awaited<ReturnType<ReadProof>>;
}

/** The result of the step `in_use` after a reading of every proof. */
export interface InUse {
  readonly seen: number;
  readonly state: StepState;
  readonly detail: Detail;
}

/**
 * Whether the running apps use the new token: every proof gives only its fingerprint, three readings in a row. Any
 * other answer starts the count again. Pure.
 */
export function inUse(
  { before, after, seenInUse }: Pick<Renewal, "before" | "after" | "seenInUse">,
  readings: readonly ProofReading[],
): InUse {
  const used = after?.fingerprint ?? "";
  if (readings.length === 0 || used === "") return { seen: 0, state: "not_proven", detail: { kind: "no_proof" } };
  const old = readings.filter(
    ({ answer }) =>
      answer.ok && before !== null && before.fingerprint !== used && answer.fingerprints.includes(before.fingerprint),
  );
  if (old.length > 0) return notProven({ kind: "old_in_use", consumers: old.map(({ proof }) => consumerOf(proof)) });
  for (const { proof, answer } of readings) {
    const consumer = consumerOf(proof);
    if (!answer.ok) return notProven({ kind: "proof_failed", consumer, message: answer.message });
    if (answer.fingerprints.length === 0)
      return notProven({ kind: "proof_failed", consumer, message: "It gave no fingerprint." });
    if (answer.fingerprints.some((fingerprint) => fingerprint !== used))
      return notProven({ kind: "proof_failed", consumer, message: "It uses a token that this renewal does not know." });
  }
  const seen = seenInUse + 1;
  return {
    seen,
    state: seen >= READINGS ? "done" : "not_proven",
    detail: { kind: "proven", consumers: readings.length },
  };
}

/** The name of a proof for people: an address without credentials and query, or the name of a command. */
export function consumerOf(proof: Proof): string {
  if (proof.kind === "exec") return `command ${proof.argv[0]}`;
  const url = URL.parse(proof.url);
  return url === null ? "a proof" : `${url.origin}${url.pathname}`;
}

/** Readings in a row that prove the use. One reading can meet the only restarted process of several. */
const READINGS = 3;

function notProven(detail: Detail): InUse {
  return { seen: 0, state: "not_proven", detail };
}
