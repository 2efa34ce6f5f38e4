import { createPieceFilter } from "./piece-filter.ts";
import { hidePieces } from "./pieces.ts";
import { Secret } from "./secret.ts";

/**
 * Makes `redact` hide pieces of these secrets until the process ends. The code that redacts an error from Slack, the
 * database or a library does not know the secrets. So the process keeps one list of all the secrets in use.
 */
export function holdSecrets(secrets: readonly Secret[]): void {
  for (const secret of secrets) {
    const count = held.get(secret) ?? 0;
    if (count === 0) filter.add(secret);
    held.set(secret, count + 1);
  }
}

/** Makes `redact` hide pieces of these secrets during the work and for a short time after it. */
export async function holdDuring<T>(secrets: readonly Secret[], work: () => Promise<T>): Promise<T> {
  holdSecrets(secrets);
  try {
    return await work();
  } finally {
    secrets.forEach(letGo);
  }
}

/** Hides pieces of the secrets that are held now or were released recently. */
export function hideHeldPieces(text: string): string {
  return filter.mayHold(text) ? hidePieces(text, knownNow()) : text;
}

/** Every secret in a value, at any depth. */
export function secretsIn(value: unknown): readonly Secret[] {
  if (value instanceof Secret) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(secretsIn) : [];
}

/** Counts the holders of each secret, because several inspections can use one app secret at the same time. */
const held = new Map<Secret, number>();

/**
 * Knows every secret that is held or was released recently. It cannot forget a single secret, so it is rebuilt after
 * `MOST_GONE` releases.
 */
const filter = createPieceFilter();
let gone = 0;
const MOST_GONE = 64;

/** An error may be logged just after the work that caused it. Weak references keep no secret in memory. */
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
