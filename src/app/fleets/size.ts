import type { SharedDeadline, WatchStore } from "../../watch/ports.ts";

/** The number of watches in the last accepted list of a fleet, which all replicas share. */
export interface KnownSize {
  readonly size: number;
  readonly saved: SharedDeadline;
}

/** Undefined: no list was accepted yet. */
export async function knownSize(
  store: Pick<WatchStore, "readDeadline">,
  fleet: string,
): Promise<KnownSize | undefined> {
  const saved = await store.readDeadline(keyOf(fleet));
  return saved === null ? undefined : { size: Number(saved.spec), saved };
}

export async function saveSize(
  store: Pick<WatchStore, "advanceDeadline">,
  fleet: string,
  known: KnownSize | undefined,
  size: number,
  now: Date,
): Promise<void> {
  // Another replica may have saved meanwhile. It read the same list, or the next reading saves again.
  await store.advanceDeadline(keyOf(fleet), known?.saved ?? null, { at: now, spec: String(size) }, []);
}

/**
 * True when a list is too small to trust: it is empty, or has at most half of the last accepted list. A broken export
 * must not end the watch over a fleet.
 */
export function keepsLast(size: number, known: number | undefined): boolean {
  return known === undefined ? size === 0 : known > 0 && size * 2 <= known;
}

/** The table of shared deadlines holds one row for each fleet. Its spec is the size. */
function keyOf(fleet: string): string {
  return `fleet ${fleet}`;
}
