import type { ExchangeRefusal } from "../../renewal/detail.ts";
import type { GraphError } from "../../token/inspection.ts";
import {
  accusesSetting,
  blocksApp,
  endsOwnToken,
  namesClientSecret,
  saysMissing,
  saysNotOfApp,
  saysOtherApp,
} from "../errors.ts";

/**
 * Why Meta refused to exchange a token. Limits are not among the errors: reply.ts reads them. Meta documents no error
 * of this call. The rules use what public code and issues show (read 2026-11).
 */
export function refusalOf(error: GraphError, status: number): ExchangeRefusal {
  if (blocksApp(error)) return "app_blocked";
  if (saysOtherApp(error) || saysNotOfApp(error)) return "wrong_app";
  if (error.code === ADDRESS) return "address_not_allowed";
  if (error.code === UNKNOWN_APP || namesClientSecret(error)) return "app_credentials";
  if (saysMissing(error)) return "not_refreshable";
  if (accusesSetting(error)) return "other";
  if (error.code === PARAMETER || saysUnreadable(error)) return "not_refreshable";
  if (!endsOwnToken(error, status) || isBareInvalid(error)) return "other";
  return error.subcode === EXPIRED ? "expired" : "revoked";
}

/** "This IP can't make requests for that application." */
const ADDRESS = 5;

/** "Error validating application." Meta does not know the app ID, or the request lacks it. */
const UNKNOWN_APP = 101;

/** A parameter is missing or wrong. The token is one of the parameters. */
const PARAMETER = 100;

/** Subcode of code 190: the session has expired (Graph error handling guide, read 2026-11). */
const EXPIRED = 463;

/**
 * Code 190 without a subcode. The bot inspected the token as alive directly before, and nobody has shown what Meta
 * answers for a living token that it does not refresh. So this says nothing about the token.
 */
function isBareInvalid({ code, subcode }: GraphError): boolean {
  return code === 190 && subcode === null;
}

/** The value is no token for Meta. A dead token has another text or a subcode. */
function saysUnreadable({ code, subcode, message }: GraphError): boolean {
  return code === 190 && subcode === null && /malformed|cannot parse|decrypt|signature/i.test(message);
}
