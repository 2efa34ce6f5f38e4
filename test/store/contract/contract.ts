import { describe, expect, it } from "vitest";
import { answersContract } from "./contract-answers.ts";
import { batchesContract } from "./contract-batches.ts";
import { budgetsContract } from "./contract-budgets.ts";
import { claimsContract } from "./contract-claims.ts";
import { clockContract } from "./contract-clock.ts";
import { groupAnswersContract } from "./contract-group-answers.ts";
import { groupsContract } from "./contract-groups.ts";
import { historyContract } from "./contract-history.ts";
import { homesContract } from "./contract-homes.ts";
import { leasesContract } from "./contract-leases.ts";
import { leavingContract } from "./contract-leaving.ts";
import { listsContract } from "./contract-lists.ts";
import { outboxContract } from "./contract-outbox.ts";
import { owingContract } from "./contract-owing.ts";
import { pagesContract } from "./large/contract-pages.ts";
import { renewalMessagesContract } from "./contract-renewal-messages.ts";
import { renewalsContract } from "./contract-renewals.ts";
import { reopenedContract } from "./contract-reopened.ts";
import { roundsContract } from "./contract-rounds.ts";
import { sharedContract } from "./contract-shared.ts";
import { unreadableContract } from "./contract-unreadable.ts";
import { waitingContract } from "./large/contract-waiting.ts";
import { worstContract } from "./large/contract-worst.ts";
import { type ContractDatabase, only, useStore } from "./contract-store.ts";
import { anAlert } from "./states.ts";

/** The contract of every WatchStore, for any database. */
export const storeContract = (name: string, makeDatabase: () => Promise<ContractDatabase>): void => {
  describe(`the store over ${name}`, () => {
    const steps = useStore(makeDatabase);
    const { store, open, roundWith } = steps;

    roundsContract(steps);
    batchesContract(steps);
    reopenedContract(steps);
    owingContract(steps);
    claimsContract(steps);
    outboxContract(steps);
    homesContract(steps);
    groupsContract(steps);
    leavingContract(steps);
    listsContract(steps);
    leasesContract(steps);
    unreadableContract(steps);
    answersContract(steps);
    historyContract(steps);
    groupAnswersContract(steps);
    sharedContract(steps);
    renewalsContract(steps);
    renewalMessagesContract(steps);
    pagesContract(steps);
    worstContract(steps);
    waitingContract(steps);
    clockContract(steps);
    budgetsContract(steps);

    it("answers a ping", async () => {
      await expect(store().ping()).resolves.toBeUndefined();
    });

    it("another program sees saved data, also after the first program ended", async () => {
      await roundWith(anAlert());
      const other = await open();
      expect(await other.list()).toEqual(await store().list());
      await store().close();
      expect(only(await other.list()).state.alert).toEqual(anAlert());
    });

    it("does not answer after it was closed, and closing twice is no error", async () => {
      const other = await open();
      await other.close();
      await expect(other.close()).resolves.toBeUndefined();
      await expect(other.ping()).rejects.toThrow(/./);
    });
  });
};
