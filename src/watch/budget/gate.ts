import {
  type Account,
  accountAt,
  allowedChecks,
  beginChecks,
  endChecks,
  newAccount,
  withAnswer,
  withShared,
} from "./account.ts";
import { type Budget, type Usage } from "./budget.ts";

/** Decides for each Meta app how many checks may begin. It only knows what Graph reported. */
export interface Gate {
  /** Takes over what an answer says about an app. */
  readonly answered: (app: string, usage: Usage) => void;
  /** Takes over what other programs know about an app, after `counted` checks of this program were added to it. */
  readonly learned: (app: string, shared: Budget, counted: number) => void;
  /** The number of checks of an app that may begin now. Infinite when Graph reported nothing about it. */
  readonly allowed: (app: string) => number;
  /** Apps that may begin fewer checks than this now, with their number. */
  readonly limited: (checks: number) => ReadonlyMap<string, number>;
  readonly begin: (app: string, checks: number) => void;
  /** Ends checks, by default one, with or without an answer. */
  readonly end: (app: string, checks?: number) => void;
  /** What is known about one app. Undefined when none of its tokens was checked. */
  readonly account: (app: string) => Known | undefined;
  /** What is known, by app. Looks at every app, so no check should call it. */
  readonly accounts: () => ReadonlyMap<string, Known>;
}

type Known = Pick<Account, "budget" | "unshared">;

/** Creates the gate of this program. It holds one account for each app that was checked. */
export function createGate(now: () => Date): Gate {
  const accounts = new Map<string, Account>();
  const accountOf = (app: string): Account | undefined => {
    const known = accounts.get(app);
    if (known === undefined) return undefined;
    const account = accountAt(known, now());
    accounts.set(app, account);
    return account;
  };
  const change = (app: string, to: (account: Account, at: Date) => Account): void => {
    const at = now();
    accounts.set(app, to(accountOf(app) ?? newAccount(at), at));
  };
  const allowed = (app: string): number => {
    const account = accountOf(app);
    return account === undefined ? Infinity : allowedChecks(account, now());
  };
  return {
    answered: (app, usage) => change(app, (account, at) => withAnswer(account, usage, at)),
    learned: (app, shared, counted) => change(app, (account, at) => withShared(account, shared, counted, at)),
    allowed,
    limited: (checks) =>
      new Map([...accounts.keys()].map((app) => [app, allowed(app)] as const).filter(([, room]) => room < checks)),
    begin: (app, checks) => change(app, (account, at) => beginChecks(account, checks, at)),
    end: (app, checks = 1) => change(app, (account) => endChecks(account, checks)),
    account: accountOf,
    accounts: () => {
      for (const app of accounts.keys()) accountOf(app);
      return accounts;
    },
  };
}
