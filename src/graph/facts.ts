import { NOT_KNOWN } from "../token/expiry.ts";
import type { Inspection, InspectionFailure } from "../token/inspection.ts";

/** The facts about the token itself; the assets are read after them. */
export type Facts = Omit<Inspection, "token" | "assets">;

export type FactsReply =
  | { readonly ok: true; readonly facts: Facts }
  | { readonly ok: false; readonly failure: InspectionFailure };

/** What is known about a token before anything was said about it. */
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

/** More granted permissions than this is no answer of Graph's; the rest is noise. */
export const MOST_SCOPES = 200;
