import { demoIds } from "../../../graph/tokens/demo-tokens.ts";
import type { GraphStandIn } from "../../../graph/graph.ts";
import type { GraphToken } from "../../../graph/state.ts";
import type { TokenVerb } from "../../protocol/world-view.ts";

/** A deployed token with its phone number and user. */
export interface Subject {
  readonly raw: string;
  readonly token: GraphToken;
  readonly phone: string;
  readonly user: string;
}

export function isAssigned({ state }: GraphStandIn, user: string): boolean {
  return state.accounts.get(demoIds.account)?.assignedTo.has(user) ?? false;
}

/** The actions on a token at Meta, each with its undo. */
export function createVerbs(graph: GraphStandIn): Readonly<Record<Exclude<TokenVerb, "rotate">, Verb>> {
  return {
    revoke: ({ raw, token }) => {
      const { standing } = token;
      if (standing.kind !== "alive") return undefined;
      return () => {
        graph.revoke(raw);
        return () => {
          token.standing = standing;
        };
      };
    },
    expire: ({ raw, token }) => {
      const { standing, expiresAt } = token;
      if (standing.kind !== "alive" || (expiresAt !== "never" && expiresAt <= graph.clock.now())) return undefined;
      return () => {
        graph.expire(raw);
        return () => {
          token.expiresAt = expiresAt;
        };
      };
    },
    remove_scope: ({ raw, token }) => {
      if (!token.scopes.includes(MESSAGING)) return undefined;
      return () => {
        graph.removeScope(raw, MESSAGING);
        return () => graph.addScope(raw, MESSAGING);
      };
    },
    unassign: ({ user }) => {
      if (!isAssigned(graph, user)) return undefined;
      return () => {
        graph.unassign(demoIds.account, user);
        return () => graph.assign(demoIds.account, user);
      };
    },
    block_sending: ({ phone }) => {
      if (graph.state.health.has(phone)) return undefined;
      return () => {
        graph.blockSending(phone);
        return () => graph.unblockSending(phone);
      };
    },
  };
}

type Undo = () => void;

/**
 * Returns a function that performs the verb, and that function returns its undo. Undefined when the verb would change
 * nothing.
 */
type Verb = (subject: Subject) => (() => Undo) | undefined;

const MESSAGING = "whatsapp_business_messaging";
