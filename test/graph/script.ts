import type { InspectionResult, Needs } from "../../src/token/inspection.ts";
import { proofOf, Secret } from "../../src/token/secret/secret.ts";
import { fakeToken } from "../support/fake-token.ts";
import { type CannedAnswer, type LocalGraph, startGraph } from "./local-graph.ts";

export const APP_ID = "100000000000042";
export const PHONE = "100000000002001";
export const WABA = "100000000001001";
const APP_SECRET = new Secret("an-app-secret-of-tests");
export const TOKEN = fakeToken("inspector");
export const SECRET = new Secret(TOKEN);
export const PROOF = proofOf(SECRET, APP_SECRET);
export const SCOPES = ["whatsapp_business_messaging", "whatsapp_business_management"];

export const needs = (over: Partial<Needs> = {}): Needs => ({
  app: { id: APP_ID, secret: APP_SECRET },
  phoneNumberId: undefined,
  whatsappBusinessAccountId: undefined,
  ...over,
});
export const withPhone = needs({ phoneNumberId: PHONE });
export const withoutApp = needs({ app: undefined });

export const facts = (over: Readonly<Record<string, unknown>> = {}): CannedAnswer => ({
  body: { data: { app_id: APP_ID, type: "SYSTEM_USER", is_valid: true, expires_at: 0, scopes: SCOPES, ...over } },
});
export const refusal = (code: number, message = "refused", status = 400, more: object = {}): CannedAnswer => ({
  status,
  body: { error: { code, message, fbtrace_id: "AFakeTrace", ...more } },
});
export const phone: CannedAnswer = {
  body: { id: PHONE, verified_name: "Example Shop", display_phone_number: "+1 555" },
};
export const dead = facts({ is_valid: false, error: { code: 190, subcode: 466, message: "gone" } });

export type Script = Readonly<Record<string, CannedAnswer | readonly CannedAnswer[]>>;

/** Answers by the last part of the path. The answers of a list come in turn, and the last one repeats. */
const play = (script: Script): Promise<LocalGraph> => {
  const asked = new Map<string, number>();
  return startGraph(({ path }) => {
    const key = path.replace("/v26.0", "");
    const turn = asked.get(key) ?? 0;
    asked.set(key, turn + 1);
    const found = script[key];
    return found === undefined || "body" in found ? found : found[Math.min(turn, found.length - 1)];
  });
};

export const run = async (
  script: Script,
  what: Needs = needs(),
  secret = SECRET,
): Promise<{ result: InspectionResult; graph: LocalGraph; paths: readonly string[] }> => {
  await using graph = await play(script);
  const result = await graph.inspect(secret, what);
  return { result, graph, paths: graph.seen.map((seen) => seen.path.replace("/v26.0", "")) };
};

export const inspectionOf = (result: InspectionResult) => {
  if (!result.ok) throw new Error(result.failure.message);
  return result.inspection;
};
