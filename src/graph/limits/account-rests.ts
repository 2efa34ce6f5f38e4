import { isWaiting } from "../../token/set-back.ts";

/**
 * The WhatsApp accounts that Meta does not let an app read now. Meta counts live reads of each account and app on their
 * own, and asks to stop after a limit, because more calls lengthen it (rate limiting overview, read 2026-11).
 */
export interface AccountRests {
  /** The rest of the wait in milliseconds; undefined when the account may be read. */
  readonly leftMs: (account: ReadAccount) => number | undefined;
  /** Takes over the wait that an answer requires. */
  readonly limited: (account: ReadAccount, waitMs: number) => void;
}

export interface ReadAccount {
  /** The Meta app that reads it. */
  readonly app: string;
  /** The WhatsApp account, or the phone number when its account is not known. */
  readonly id: string;
}

export function createAccountRests(now: () => Date): AccountRests {
  const rests = new Map<string, { readonly untilMs: number; readonly waitMs: number }>();

  const leftMs = (account: ReadAccount): number | undefined => {
    const key = keyOf(account);
    const rest = rests.get(key);
    if (rest === undefined) return undefined;
    const at = now();
    if (isWaiting(rest.untilMs, at, rest.waitMs)) return rest.untilMs - at.getTime();
    rests.delete(key);
    return undefined;
  };

  return {
    leftMs,
    limited: (account, waitMs) => {
      const untilMs = now().getTime() + waitMs;
      // Reads that were in progress at the limit may state shorter waits.
      if ((leftMs(account) ?? 0) < waitMs) rests.set(keyOf(account), { untilMs, waitMs });
    },
  };
}

export function keyOf({ app, id }: ReadAccount): string {
  return `${app} ${id}`;
}
