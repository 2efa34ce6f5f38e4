import type { Logger } from "pino";
import type { AssetFact } from "../../token/inspection.ts";
import { type Asset, assetNotKnown, type AssetRead } from "../asset-reads.ts";
import { failure } from "../failures.ts";
import { createAccountRests, type ReadAccount } from "./account-rests.ts";
import { createAccountTurns } from "./account-turns.ts";
import { LIMIT_WITHOUT_TIME_MS } from "./waits.ts";

/** Reads the IDs of one inspection within Meta's limits for their WhatsApp account. */
export type AccountReads = (asked: AskedReads) => Promise<readonly AssetFact[]>;

interface AskedReads {
  readonly account: ReadAccount;
  readonly assets: readonly Asset[];
  /** The facts of earlier reads, which are used instead of new ones near the limit. Undefined: only new ones count. */
  readonly earlier: readonly AssetFact[] | undefined;
  readonly read: (asset: Asset) => Promise<AssetRead>;
}

/** Creates the reads of one program. It remembers which accounts are limited or near their limit. */
export function createAccountReads(now: () => Date, log?: Pick<Logger, "debug">): AccountReads {
  const rests = createAccountRests(now);
  const turns = createAccountTurns(now);
  return async ({ account, assets, earlier, read }) => {
    const mayRead = rests.leftMs(account) === undefined && turns.take(account);
    if (!mayRead && earlier !== undefined) {
      log?.debug({ account: account.id }, "Meta's limit for the account is near, so an earlier read is used");
      return earlier;
    }
    const readOne = async (asset: Asset): Promise<AssetFact> => {
      const leftMs = rests.leftMs(account);
      if (leftMs !== undefined) return assetNotKnown(asset, failure("throttled", RESTS, null, leftMs));
      const { fact, accountUsage } = await read(asset);
      if (accountUsage !== undefined) turns.answered(account, accountUsage);
      if (fact.reach === "not_known" && fact.failure?.kind === "throttled") {
        const waitMs = fact.failure.retryAfterMs ?? LIMIT_WITHOUT_TIME_MS;
        rests.limited(account, waitMs);
        turns.answered(account, { percent: 100, waitMs });
      }
      return fact;
    };
    return Promise.all(assets.map(readOne));
  };
}

const RESTS = "Meta limits the calls to this WhatsApp account, so the bot does not read it now";
