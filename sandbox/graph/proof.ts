import { createHmac } from "node:crypto";
import { badParameter, type GraphError } from "./error.ts";

/** Result of checking the `appsecret_proof` of a call. */
export type ProofCheck = "none" | "right" | "wrong";

/**
 * The plain form is the HMAC of the token. The timed form is the HMAC of `token|appsecret_time` and is valid for five
 * minutes (login security page, read 2026-11).
 */
export function checkProof(query: URLSearchParams, token: string, appSecret: string, now: Date): ProofCheck {
  const proof = query.get("appsecret_proof");
  if (proof === null) return "none";
  const time = query.get("appsecret_time");
  const message = time === null ? token : `${token}|${time}`;
  const fresh = time === null || Math.abs(now.getTime() / 1000 - Number(time)) <= timedProofLifeSeconds;
  return fresh && proof === createHmac("sha256", appSecret).update(message).digest("hex") ? "right" : "wrong";
}

/** The error for a check result: a wrong proof fails even when the app requires none. */
export function proofRefusal(check: ProofCheck, required: boolean): GraphError | undefined {
  if (check === "wrong") return badParameter("Invalid appsecret_proof provided in the API argument");
  if (check === "none" && required) {
    return badParameter("API calls from the server require an appsecret_proof argument");
  }
  return undefined;
}

const timedProofLifeSeconds = 300;
