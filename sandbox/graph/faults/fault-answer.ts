import { type Answer, dress, graphJson, type Stamp, type WireAnswer } from "../answer.ts";
import type { Fault, FaultEffect } from "./fault.ts";
import { knownError } from "./known-errors.ts";
import type { GraphRequest } from "../request.ts";

/**
 * Turns the correct answer into the faulty one. Faults that break the connection instead leave the answer unchanged.
 */
export function spoil(
  fault: Fault,
  right: Answer,
  request: GraphRequest,
  businessId: string,
  stamp: Stamp,
): WireAnswer {
  const answer = dress(right, stamp);
  switch (fault.kind) {
    case "status": {
      const unknown = dress({ error: knownError(1, { status: fault.status }) }, stamp);
      return fault.body === undefined ? unknown : { ...unknown, body: fault.body };
    }
    case "error": {
      const { kind: _kind, path: _path, times: _times, code, ...given } = fault;
      return dress({ error: knownError(code, given) }, stamp);
    }
    case "rate_limited":
      return rateLimited(fault, request, businessId, stamp);
    case "near_limit": {
      const wait = fault.waitMinutes === undefined ? {} : { estimated_time_to_regain_access: fault.waitMinutes };
      const used = { call_count: fault.percent, total_cputime: 25, total_time: 25, ...wait };
      const usage = isOfObject(request) ? usageOfAccount(businessId, used) : usageOfApp(used);
      return { ...answer, headers: { ...answer.headers, ...usage } };
    }
    case "html":
      return page(fault.status ?? 502);
    case "empty":
      return { ...answer, status: fault.status ?? 200, body: "" };
    case "truncated":
      return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
    case "garbage":
      return { ...answer, status: 200, body: noise };
    case "big": {
      const content = "error" in right ? {} : right.body;
      return { ...answer, body: graphJson({ ...content, padding: "x".repeat(fault.bytes ?? defaultBigBytes) }) };
    }
    case "redirect_loop":
      return { ...answer, status: 302, headers: { ...answer.headers, location: request.path }, body: "" };
    case "wrong_length":
    case "hang":
    case "reset":
    case "slow":
    case "refresh":
    case "revoke_ignored":
      return answer;
  }
}

type RateLimited = Extract<FaultEffect, { kind: "rate_limited" }>;

const defaultWaitMinutes = 19;
const defaultBigBytes = 5_000_000;

/**
 * App limits and account limits differ in code, in status and in the header that states the waiting time (rate
 * limiting, read 2026-11).
 */
function rateLimited(fault: RateLimited, request: GraphRequest, businessId: string, stamp: Stamp): WireAnswer {
  const code = fault.code ?? (isOfObject(request) ? 80008 : 4);
  const error = knownError(code, fault.status === undefined ? {} : { status: fault.status });
  const answer = dress({ error }, stamp);
  const wait = { estimated_time_to_regain_access: fault.waitMinutes ?? defaultWaitMinutes };
  const used = { call_count: 100, total_cputime: 25, total_time: 25 };
  const usage =
    code >= 80_000 || fault.waitMinutes !== undefined
      ? usageOfAccount(businessId, { ...used, ...wait })
      : usageOfApp({ ...used, call_count: 101 });
  return {
    ...answer,
    headers: {
      ...answer.headers,
      ...(fault.usageHeaders === false ? {} : usage),
      ...(fault.retryAfterSeconds === undefined ? {} : { "retry-after": String(fault.retryAfterSeconds) }),
    },
  };
}

/** True for a call to a phone number or WhatsApp account. */
function isOfObject({ edge }: GraphRequest): boolean {
  return /^\/\d+/.test(edge);
}

function usageOfAccount(businessId: string, used: object): Readonly<Record<string, string>> {
  return { "x-business-use-case-usage": JSON.stringify({ [businessId]: [{ type: "unknown_type", ...used }] }) };
}

function usageOfApp(used: object): Readonly<Record<string, string>> {
  return { "x-app-usage": JSON.stringify(used) };
}

function page(status: number): WireAnswer {
  const body = `<html><body><h1>${status} Bad Gateway</h1></body></html>`;
  return { status, headers: { "content-type": "text/html" }, body };
}

/** Bytes that are neither text nor JSON, always the same. */
const noise = Uint8Array.from({ length: 512 }, (_, index) => (index * 73 + 129) % 256);
