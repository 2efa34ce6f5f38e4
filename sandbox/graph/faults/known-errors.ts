import type { GraphError } from "../error.ts";

/** The usual error of a code; values in `given` take precedence. */
export function knownError(code: number, given: Partial<GraphError> = {}): GraphError {
  const usual = known[code] ?? { status: 400, message: `(#${code}) The request could not be completed` };
  return { ...usual, ...given, code };
}

const retryLater = "An unexpected error has occurred. Please retry your request later.";

const wabaLimit =
  "There have been too many calls to this WhatsApp Business account. Wait a bit and try again. " +
  "For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.";

// Status and wording per code: WhatsApp error codes page and the Graph error and rate-limiting guides, read 2026-11.
const known: Readonly<Record<number, Omit<GraphError, "code">>> = {
  0: { status: 401, message: "AuthException" },
  1: { status: 400, message: "An unknown error occurred" },
  2: { status: 500, message: retryLater, transient: true },
  3: { status: 500, message: "(#3) Application does not have the capability to make this API call." },
  4: { status: 403, message: "(#4) Application request limit reached", transient: true },
  5: { status: 400, message: "This IP can't make requests for that application." },
  10: { status: 403, message: "(#10) Application does not have permission for this action" },
  17: { status: 400, message: "(#17) User request limit reached" },
  32: { status: 400, message: "(#32) Page request limit reached" },
  33: { status: 400, message: "(#33) This phone number has been deleted" },
  100: { status: 400, message: "(#100) Invalid parameter" },
  101: { status: 400, message: "Error validating application." },
  190: { status: 401, message: "Invalid OAuth access token." },
  200: { status: 403, message: "(#200) You do not have permission to access this field" },
  341: { status: 400, message: "(#341) Application limit reached" },
  368: { status: 403, message: "(#368) The action attempted has been deemed abusive or is otherwise disallowed" },
  415: { status: 400, message: "Two factor authentication required.", subcode: 2_859_009 },
  613: { status: 400, message: "(#613) Calls to this api have exceeded the rate limit." },
  803: { status: 404, message: "(#803) Some of the aliases you requested do not exist" },
  2500: { status: 400, message: "Unknown path components" },
  80007: { status: 400, message: `(#80007) ${wabaLimit}` },
  80008: { status: 400, message: `(#80008) ${wabaLimit}` },
  130429: { status: 400, message: "(#130429) Rate limit hit" },
  131000: { status: 500, message: "(#131000) Something went wrong" },
  131005: { status: 403, message: "(#131005) Access denied" },
  131031: { status: 403, message: "(#131031) Business Account locked" },
};
