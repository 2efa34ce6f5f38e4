// The data behind the Graph stand-in: apps, people, tokens, WhatsApp accounts, phone numbers and their health. Verbs
// (app-verbs, token-verbs, asset-verbs, health-verbs) change it, and so do a refresh and a revoke. All other endpoints
// only read it. It may import nothing. To add a kind of object: add a type and a map here, its verbs in their own file,
// and its fields in nodes.ts.

export interface GraphApp {
  readonly id: string;
  name: string;
  secret: string;
  /** App type Native/Desktop: Graph behaves as if the caller had sent no app token. */
  native: boolean;
  /** App settings > Advanced > Require App Secret. */
  requireProof: boolean;
  /** Ids of users whose own tokens may call /debug_token for this app. */
  readonly developers: Set<string>;
}

export interface GraphUser {
  readonly id: string;
  name: string;
}

export interface GraphToken {
  /** The name of this token in records and on pages; never the token itself. */
  readonly label: string;
  readonly type: string;
  readonly appId: string;
  readonly userId: string;
  readonly profileId: string | undefined;
  readonly issuedAt: Date;
  expiresAt: Date | "never";
  dataAccessExpiresAt: Date | "never";
  scopes: readonly string[];
  declinedScopes: readonly string[];
  /** `target_ids` by scope. Only /debug_token reports them; whether a read succeeds depends on the assignment alone. */
  readonly targets: Readonly<Record<string, readonly string[]>>;
  standing: Standing;
}

export interface WhatsAppAccount {
  readonly id: string;
  name: string;
  businessId: string;
  businessName: string;
  /** Ids of the assigned users and system users. */
  readonly assignedTo: Set<string>;
}

export interface PhoneNumber {
  readonly id: string;
  readonly accountId: string;
  displayNumber: string;
  verifiedName: string;
  qualityRating: string;
  status: string;
  /** `NOT_APPLICABLE` while the number is not registered. */
  platformType: string;
  nameStatus: string;
  messagingLimit: string;
  readonly assignedTo: Set<string>;
}

export interface HealthProblem {
  readonly code: number;
  readonly description: string;
  readonly solution: string;
}

export interface GraphState {
  readonly apps: Map<string, GraphApp>;
  readonly users: Map<string, GraphUser>;
  /** The key is the token itself. */
  readonly tokens: Map<string, GraphToken>;
  readonly accounts: Map<string, WhatsAppAccount>;
  readonly phones: Map<string, PhoneNumber>;
  /** The key is the entity id (phone number, account, business or app). No entry means AVAILABLE. */
  readonly health: Map<string, Health>;
}

export function createGraphState(): GraphState {
  return {
    apps: new Map(),
    users: new Map(),
    tokens: new Map(),
    accounts: new Map(),
    phones: new Map(),
    health: new Map(),
  };
}

/**
 * Whether a token is usable, regardless of its dates. The subcode of a revocation may be unknown, as for system users.
 */
type Standing =
  | { readonly kind: "alive" }
  | { readonly kind: "revoked"; readonly subcode: number | undefined }
  | { readonly kind: "app_removed" };

interface Health {
  readonly sending: "LIMITED" | "BLOCKED";
  readonly notes: readonly string[];
  readonly problems: readonly HealthProblem[];
}
