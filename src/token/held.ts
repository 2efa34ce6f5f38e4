import { createPieceFilter } from "./piece-filter.ts";
import { hidePieces } from "./pieces.ts";
import { Secret } from "./secret.ts";

/**
 * Makes `redact` hide pieces of these secrets as long as the process runs. Errors of Slack, of the database and of
 * libraries are redacted far from where a secret is at hand, so the process keeps one list of what it holds.
 */
export const holdSecrets = (secrets: readonly Secret[]): void => {
  for (const secret of secrets) {
    const count = held.get(secret) ?? 0;
    if (count === 0) filter.add(secret);
    held.set(secret, count + 1);
  }
};

/** Makes `redact` hide pieces of these secrets while the work is done, and for a moment after it. */
export const holdDuring = async <T>(secrets: readonly Secret[], work: () => Promise<T>): Promise<T> => {
  holdSecrets(secrets);
  try {
    return await work();
  } finally {
    secrets.forEach(letGo);
  }
};

/** The text without pieces of the secrets that are held now, or were a moment ago. */
export const hideHeldPieces = (text: string): string => (filter.mayHold(text) ? hidePieces(text, knownNow()) : text);

/** Every secret in a value, at any depth. */
export const secretsIn = (value: unknown): readonly Secret[] => {
  if (value instanceof Secret) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(secretsIn) : [];
};

/** With how often each is held: several inspections may use one app secret. */
const held = new Map<Secret, number>();

/** Knows all that is held or was a moment ago, and some that went since it was last made anew. */
const filter = createPieceFilter();
let gone = 0;
const MOST_GONE = 64;

/** An error may be logged just after the work that it broke. Weak, so that no secret stays in memory for it. */
const released: WeakRef<Secret>[] = [];
const MOST_RELEASED = 32;

function letGo(secret: Secret): void {
  const count = held.get(secret) ?? 0;
  if (count > 1) {
    held.set(secret, count - 1);
    return;
  }
  held.delete(secret);
  released.push(new WeakRef(secret));
  if (released.length > MOST_RELEASED) released.shift();
  gone++;
  if (gone < MOST_GONE) return;
  gone = 0;
  filter.clear();
  knownNow().forEach(filter.add);
}

function knownNow(): readonly Secret[] {
  return [...held.keys(), ...released.flatMap((reference) => reference.deref() ?? [])];
}
