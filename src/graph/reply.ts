import type { Evidence, FailureKind, GraphError, InspectionFailure } from "../token/inspection.ts";
import { parseBody } from "./body.ts";
import type { Clean } from "./clean.ts";
import { type ReadError, readError, serviceTrouble } from "./errors.ts";
import { traceOf } from "./evidence.ts";
import { describeError, failure } from "./failures.ts";
import { headerOf, versionOf } from "./headers.ts";
import type { GraphHeaders, RawReply } from "./raw-reply.ts";
import type { Usage } from "../watch/budget/budget.ts";
import { accountShare } from "./limits/shares.ts";
import { retryAfterMs, throttledMs } from "./limits/waits.ts";

/** A JSON object from Graph, with its top-level error. Limits and outages of the service are failures, not answers. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly error: GraphError | null;
  readonly evidence: Evidence;
  /** Header `facebook-api-version`. */
  readonly version: string | null;
  /** What the answer says about the limit of the account that was read. */
  readonly accountUsage: Usage;
}

export type Reply =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly failure: InspectionFailure };

/** Turns a raw reply into an answer or a failure. Never throws. */
export function readReply(raw: RawReply, reading: Reading): Reply {
  const { call } = reading;
  switch (raw.kind) {
    case "answer":
      return readAnswered(raw, reading);
    case "too_large":
      return failed(
        "malformed",
        `The response to ${call} is too large to come from Graph`,
        evidenceOf(reading, raw.status, {}),
      );
    case "timeout":
      return failed("unreachable", `Meta did not answer ${call} in time`, evidenceOf(reading, null, {}));
    case "broken": {
      const evidence = evidenceOf(reading, null, {});
      return NOT_HTTP.test(raw.cause)
        ? failed("malformed", `The response to ${call} is not valid HTTP (${raw.cause})`, evidence)
        : failed("unreachable", `Meta could not be reached for ${call} (${raw.cause})`, evidence);
    }
  }
}

/** The context in which a reply is read. */
interface Reading {
  /** `GET /debug_token` */
  readonly call: string;
  readonly at: Date;
  readonly clean: Clean;
}

type Answered = Extract<RawReply, { kind: "answer" }>;

function evidenceOf(reading: Reading, status: number | null, headers: GraphHeaders, read?: ReadError): Evidence {
  return {
    call: reading.call,
    status,
    code: read?.error.code ?? null,
    subcode: read?.error.subcode ?? null,
    trace: traceOf(read?.trace ?? null, headers, reading.clean),
    at: reading.at,
  };
}

function failed(kind: FailureKind, what: string, evidence: Evidence, waitMs: number | null = null): Reply {
  return {
    ok: false,
    failure: failure(kind, what, evidence, waitMs),
  };
}

function troubled(kind: "throttled" | "unreachable", raw: Answered, detail: string, evidence: Evidence): Reply {
  const { call, at } = evidence;
  return kind === "throttled"
    ? failed(kind, `Meta limits how often it answers ${call} (${detail})`, evidence, throttledMs(raw.headers, at))
    : failed(kind, `Meta has trouble answering ${call} (${detail})`, evidence, retryAfterMs(raw.headers, at));
}

const WITHOUT_OBJECT = {
  html: "a web page",
  empty: "an empty body",
  noise: "a body that is not a JSON object",
} as const;

function readAnswered(raw: Answered, reading: Reading): Reply {
  const { status, headers } = raw;
  const { call } = reading;
  const parsed = parseBody(raw.text, headerOf(headers, "content-type"));
  if (parsed.kind === "object" && (status < 300 || status >= 400)) {
    const read = readError(parsed.body["error"], reading.clean);
    const evidence = evidenceOf(reading, status, headers, read);
    const detail = `HTTP ${status}${read === undefined ? "" : `, ${describeError(read.error)}`}`;
    const trouble = serviceTrouble(
      read ?? { error: { code: null, subcode: null, message: "" }, transient: false, trace: null },
      status,
    );
    if (trouble !== undefined) return troubled(trouble, raw, detail, evidence);
    if (read === undefined && status !== 200)
      return failed("malformed", `${call} returned HTTP ${status} without an error that explains it`, evidence);
    const version = versionOf(headers);
    const percent = accountShare(headers);
    const accountUsage = { percent, waitMs: percent === 100 ? throttledMs(headers, reading.at) : null };
    const error = read?.error ?? null;
    return { ok: true, answer: { status, body: parsed.body, error, evidence, version, accountUsage } };
  }
  const evidence = evidenceOf(reading, status, headers);
  if (status >= 300 && status < 400)
    return failed(
      "malformed",
      `${call} returned a redirect (HTTP ${status}), which this bot does not follow`,
      evidence,
    );
  const what = parsed.kind === "object" ? "an object" : WITHOUT_OBJECT[parsed.kind];
  const detail = `HTTP ${status}, ${what}`;
  if (status === 429) return troubled("throttled", raw, detail, evidence);
  if (status >= 500 || parsed.kind === "html") return troubled("unreachable", raw, detail, evidence);
  return failed("malformed", `${call} returned ${what} (HTTP ${status})`, evidence);
}

/** Codes of a response that is not valid HTTP. */
const NOT_HTTP = /^(?:HPE_|HTTPParserError|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_EXCEEDED)/;
