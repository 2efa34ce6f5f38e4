import type { GraphState, GraphUser, PhoneNumber, WhatsAppAccount } from "../state.ts";

export interface AssetVerbs {
  readonly addUser: (user: GraphUser) => GraphUser;
  readonly addAccount: (account: NewAccount) => WhatsAppAccount;
  readonly addPhone: (phone: NewPhone) => PhoneNumber;
  /** Assigns a number, or an account with all its numbers, to a user. */
  readonly assign: (assetId: string, userId: string) => void;
  /** Removes the assignment of one user, or of all users. */
  readonly unassign: (assetId: string, userId?: string) => void;
}

export function assetVerbs(state: GraphState): AssetVerbs {
  const assignments = (assetId: string): readonly Set<string>[] => {
    const phone = state.phones.get(assetId);
    if (phone !== undefined) return [phone.assignedTo];
    const account = state.accounts.get(assetId);
    if (account === undefined) throw new Error(`the Graph stand-in has no asset ${assetId}; add it first`);
    const phones = [...state.phones.values()].filter(({ accountId }) => accountId === assetId);
    return [account.assignedTo, ...phones.map(({ assignedTo }) => assignedTo)];
  };
  return {
    addUser: (user) => {
      state.users.set(user.id, user);
      return user;
    },
    addAccount: (given) => {
      const account: WhatsAppAccount = {
        name: "Example Shop",
        businessId: "100000000003001",
        businessName: "Example Business",
        ...given,
        assignedTo: new Set(given.assignedTo),
      };
      state.accounts.set(account.id, account);
      return account;
    },
    addPhone: (given) => {
      const account = state.accounts.get(given.accountId);
      if (account === undefined) throw new Error(`the Graph stand-in has no account ${given.accountId}; add it first`);
      const phone: PhoneNumber = {
        displayNumber: "+1 555-010-0001",
        verifiedName: "Example Shop",
        qualityRating: "GREEN",
        status: "CONNECTED",
        platformType: "CLOUD_API",
        nameStatus: "APPROVED",
        messagingLimit: "TIER_2K",
        ...given,
        assignedTo: new Set(given.assignedTo ?? account.assignedTo),
      };
      state.phones.set(phone.id, phone);
      return phone;
    },
    assign: (assetId, userId) => {
      for (const users of assignments(assetId)) users.add(userId);
    },
    unassign: (assetId, userId) => {
      for (const users of assignments(assetId)) {
        if (userId === undefined) users.clear();
        else users.delete(userId);
      }
    },
  };
}

interface NewAccount {
  readonly id: string;
  readonly name?: string;
  readonly businessId?: string;
  readonly businessName?: string;
  readonly assignedTo?: readonly string[];
}

/** Without `assignedTo`, a number is assigned to the same users as its account. */
interface NewPhone {
  readonly id: string;
  readonly accountId: string;
  readonly displayNumber?: string;
  readonly verifiedName?: string;
  readonly qualityRating?: string;
  readonly status?: string;
  readonly platformType?: string;
  readonly nameStatus?: string;
  readonly messagingLimit?: string;
  readonly assignedTo?: readonly string[];
}
