import { NOT_KNOWN } from "../token/expiry.ts";
import type { Inspection, InspectionFailure } from "../token/inspection.ts";

/** The facts about the token itself. The assets are read later. */
export type Facts = Omit<Inspection, "token" | "assets">;

export type FactsReply =
  | { readonly ok: true; readonly facts: Facts }
  | { readonly ok: false; readonly failure: InspectionFailure };

/** The facts about a token before Graph has answered. */
export const NOTHING_KNOWN = {
  type: null,
  appId: null,
  appName: null,
  userId: null,
  issuedAt: null,
  expiry: NOT_KNOWN,
  dataAccess: NOT_KNOWN,
  scopes: null,
  scopesEvidence: null,
  proofRefused: null,
} as const satisfies Partial<Facts>;

/** Graph does not send more permissions than this. The rest is dropped as noise. */
export const MOST_SCOPES = 200;
