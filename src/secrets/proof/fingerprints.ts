import { containsTokenShape } from "../../token/secret/shape.ts";

export type Fingerprints =
  | { readonly ok: true; readonly fingerprints: readonly string[] }
  /** Completes "The answer ", with the next step. Never the answer itself. */
  | { readonly ok: false; readonly problem: string };

/**
 * Reads the fingerprints in the answer of an app: 12 hex digits alone, one a line, as `{"fingerprint":"…"}`, or a JSON
 * list of either.
 */
export function fingerprintsIn(text: string): Fingerprints {
  const answer = text.trim();
  if (answer === "") return wrong("is empty.");
  if (containsTokenShape(answer)) return { ok: false, problem: LEAK };
  if (answer.startsWith("<")) return wrong("is a web page (HTML), for example a login page.");
  const lines = answer.split(/\s+/);
  const values = lines.every(isFingerprint) ? lines : valuesIn(answer);
  if (values === undefined || values.length === 0) return wrong("has no fingerprint of 12 hex digits.");
  return values.every(isFingerprint)
    ? { ok: true, fingerprints: values.map((value) => value.toLowerCase()) }
    : wrong("has another form.");
}

const LEAK =
  "looks like a token. Everybody who can reach this address can read it. Let the app serve only the fingerprint, and replace the token.";

function wrong(what: string): Fingerprints {
  return {
    ok: false,
    problem: `${what} The app must answer with 12 hex digits alone, {"fingerprint":"…"}, or a list of them.`,
  };
}

function isFingerprint(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{12}$/i.test(value);
}

function valuesIn(json: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return (Array.isArray(value) ? value : [value]).map(fingerprintOf);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function fingerprintOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "fingerprint" in value ? value.fingerprint : value;
}
