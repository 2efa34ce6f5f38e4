import { DEAD_TOKEN, TWO_FACTOR_SUBCODE } from "../token/graph-codes.ts";
import type { GraphError } from "../token/inspection.ts";
import { type Clean, LONGEST_MESSAGE } from "./clean.ts";
import { ErrorBody } from "./schema.ts";

// The rules use the numeric code. Texts change and exist in many languages, and the HTTP status differs between
// endpoints. The codes come from the Graph error handling guide, the WhatsApp error code list and the rate limiting
// overview (read 2026-11).

/** A Graph error, with details that the facts do not keep. */
export interface ReadError {
  readonly error: GraphError;
  readonly transient: boolean;
  readonly trace: string | null;
}

/** Reads `error` or `data.error`. Returns undefined without an error, and no code for an error of unexpected form. */
export function readError(value: unknown, clean: Clean): ReadError | undefined {
  if (value === undefined || value === null) return undefined;
  const parsed = ErrorBody.safeParse(value);
  if (!parsed.success) return { error: { code: null, subcode: null, message: "" }, transient: false, trace: null };
  const { code, error_subcode, subcode, message, is_transient, fbtrace_id } = parsed.data;
  return {
    error: {
      code: code ?? null,
      subcode: error_subcode ?? subcode ?? null,
      message: clean(message ?? "", LONGEST_MESSAGE),
    },
    transient: is_transient === true,
    trace: fbtrace_id ?? null,
  };
}

/** Recognises limits and outages of the service. Limits take precedence over `is_transient`. */
export function serviceTrouble(read: ReadError, status: number): "throttled" | "unreachable" | undefined {
  const { code } = read.error;
  if (status === 429 || isLimit(code)) return "throttled";
  if (read.transient || OUTAGES.has(code)) return "unreachable";
  if (code === 1 && !saysWhy(read.error)) return "unreachable";
  return status >= 500 && code !== CAPABILITY ? "unreachable" : undefined;
}

/** True when the limit of an error counts the calls of the app, not those of a user, page, account or number. */
export function limitsApp(code: number | null): boolean {
  return !OTHER_LIMITS.has(code) && !isBusinessLimit(code);
}

/** True when `/debug_token` was asked about a token of another app. The text may begin with `(#100) `. */
export function saysOtherApp(error: GraphError): boolean {
  return /app_id in the input_token did not match/i.test(error.message);
}

/**
 * True when an `/oauth` call was made with a token of another app: code 1, "The access token does not belong to
 * application X" (public code, issues and guides, read 2026-11).
 */
export function saysNotOfApp({ message }: GraphError): boolean {
  return /\bdoes not belong to (?:this |the )?app/i.test(message);
}

/** True when Meta misses a parameter, with code 1 or 101: "fb_exchange_token parameter not specified" (public code). */
export function saysMissing({ message }: GraphError): boolean {
  return /\bparameter not specified|\bmissing \w{1,60} parameter/i.test(message);
}

/** True when Meta does not accept the app secret. Code 1 is "unknown" and means an outage without such a text. */
export function namesClientSecret(error: GraphError): boolean {
  return error.code === 1 && /client.?secret/i.test(error.message);
}

/** True when the app itself is blocked or deleted. A new token or more permissions would not help. */
export function blocksApp({ code, message }: GraphError): boolean {
  return (ABOUT_APP.has(code) || isPermission(code)) && (APP_BLOCKED.test(message) || APP_GONE.test(message));
}

/**
 * True for an error that our operator can fix: the server's IP address, the API version, required two-factor
 * authentication, or the app ID and secret. misconfiguration.ts has the text for each code.
 */
export function accusesSetting(error: GraphError): boolean {
  return (
    error.code === 5 ||
    error.code === 101 ||
    TWO_FACTOR.has(error.code) ||
    TWO_FACTOR.has(error.subcode) ||
    saysVersion(error) ||
    namesClientSecret(error)
  );
}

export function namesProof(error: GraphError): boolean {
  return /appsecret_proof/i.test(error.message);
}

/** True for a top-level error of `/debug_token` about our app ID and secret, not about the inspected token. */
export function accusesApp(error: GraphError): boolean {
  return (
    CALLER.has(error.code) ||
    isPermission(error.code) ||
    namesClientSecret(error) ||
    (error.code === 100 && /app access token|appsecret_proof/i.test(error.message))
  );
}

/** True when the error of a call with the inspected token means that this token is dead. */
export function endsToken(error: GraphError): boolean {
  return DEAD_TOKEN.has(error.code) && !blocksApp(error);
}

/** Like `endsToken`, for `/me`, which also uses older session codes. Code 0 means a dead token only with HTTP 401. */
export function endsOwnToken(error: GraphError, status: number): boolean {
  return endsToken(error) || error.code === 450 || error.code === 452 || (error.code === 0 && status === 401);
}

/** True when the token is alive but has no access to the object that was read. */
export function refusesObject(error: GraphError): boolean {
  if (REFUSALS.has(error.code)) return true;
  if (isPermission(error.code)) return !/provide valid app id/i.test(error.message);
  return error.code === 100 && (error.subcode === 33 || /does not exist, cannot be loaded/i.test(error.message));
}

/**
 * Returns the kind of object that an ID belongs to. Graph names it when a field does not exist:
 * "WhatsAppBusinessAccount" in "Tried accessing nonexisting field (x) on node type (WhatsAppBusinessAccount)".
 * Undefined for any other error.
 */
export function nodeOf({ code, message }: GraphError): string | undefined {
  return code === 100 ? /non-?existing field.*? on node type \W{0,2}([A-Za-z]\w{0,79})/i.exec(message)?.[1] : undefined;
}

type Codes = ReadonlySet<number | null>;

const LIMITS: Codes = new Set([4, 17, 32, 341, 613, 130429, 131048, 131056]);

/** The limits of a user, a page and a phone number. */
const OTHER_LIMITS: Codes = new Set([17, 32, 130429, 131048, 131056]);

function isLimit(code: number | null): boolean {
  return LIMITS.has(code) || isBusinessLimit(code);
}

/** The limits of one use case of one business, such as 80008 for a WhatsApp account. */
function isBusinessLimit(code: number | null): boolean {
  return code !== null && code >= 80000 && code <= 80014;
}

/** Outage, overload, maintenance. */
const OUTAGES: Codes = new Set([2, 131000, 131016, 131057, 133004]);

/** Code 1 is "unknown" and means an outage, except with these texts. */
function saysWhy(error: GraphError): boolean {
  return namesClientSecret(error) || saysNotOfApp(error) || saysMissing(error);
}

/** Code 3 (a missing capability) is documented with HTTP 500. */
const CAPABILITY = 3;

function isPermission(code: number | null): boolean {
  return code !== null && code >= 200 && code <= 299;
}

/**
 * Meta blocked the app: "API access blocked.", seen with code 200 and HTTP 400 (public issues, 2026-08 and 2026-09).
 */
const APP_BLOCKED = /\bapi access (?:is |was |has been )?(?:blocked|deactivated|disabled|restricted|suspended)/i;

/** The app is gone: "Error validating application. Application has been deleted.", code 190 (the same issues). */
const APP_GONE =
  /\bapp(?:lication)? (?:is|was|has been) (?:blocked|deactivated|deleted|disabled|restricted|suspended)/i;

/** Codes with which Meta sends these texts. With another code, the same words mean something else. */
const ABOUT_APP: Codes = new Set([10, 101, 102, 190]);

/** The business requires two-factor authentication. */
const TWO_FACTOR: Codes = new Set([415, TWO_FACTOR_SUBCODE]);

/** "Unknown path components: /debug_token": the path before it is no version. The Marketing API uses code 2635. */
function saysVersion({ code, message }: GraphError): boolean {
  return code === 2635 || (code === 2500 && /path component|version/i.test(message));
}

/** Codes of a call that was refused because of its caller. */
const CALLER: Codes = new Set([0, 3, 5, 10, 101, 102, 104, 190, 415, 450, 452]);

const REFUSALS: Codes = new Set([CAPABILITY, 10, 33, 368, 803, 131005, 131031]);
