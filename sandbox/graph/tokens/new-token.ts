import type { GraphToken } from "../state.ts";

export const demoUserId = "100000000000777";

/** A system user that is assigned to nothing. */
export const lonelyUserId = "100000000000778";

/** The properties that a test sets on a token; all others default to those of a never-expiring system-user token. */
export interface NewToken {
  readonly label?: string;
  readonly type?: string;
  readonly appId?: string;
  readonly userId?: string;
  readonly profileId?: string;
  readonly issuedAt?: Date;
  readonly expiresAt?: Date | "never";
  readonly dataAccessExpiresAt?: Date | "never";
  readonly scopes?: readonly string[];
  readonly targets?: Readonly<Record<string, readonly string[]>>;
}

/** Fills in the missing properties. Access to user data ends 90 days after issue; for system users it never ends. */
export function newToken(given: NewToken, label: string, appId: string, now: Date): GraphToken {
  const type = given.type ?? "SYSTEM_USER";
  const issuedAt = given.issuedAt ?? now;
  const dataAccessEnd = type === "SYSTEM_USER" ? "never" : new Date(issuedAt.getTime() + 90 * dayMs);
  return {
    label,
    type,
    appId: given.appId ?? appId,
    userId: given.userId ?? demoUserId,
    profileId: given.profileId,
    issuedAt,
    expiresAt: given.expiresAt ?? "never",
    dataAccessExpiresAt: given.dataAccessExpiresAt ?? dataAccessEnd,
    scopes: given.scopes ?? ["whatsapp_business_management", "whatsapp_business_messaging"],
    declinedScopes: [],
    targets: given.targets ?? {},
    standing: { kind: "alive" },
  };
}

const dayMs = 86_400_000;
