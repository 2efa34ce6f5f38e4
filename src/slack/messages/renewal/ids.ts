import type { RenewalAction } from "../../../renewal/audit.ts";

/** Action IDs of the buttons of a renewal. The value of `renew` is a watch's name, of all others a renewal's ID. */
export const RENEWAL = {
  renew: "renewal.renew",
  paste: "renewal.paste",
  confirm_in_use: "renewal.confirm",
  end_old: "renewal.end",
  put_back: "renewal.putback",
  cancel: "renewal.cancel",
} as const satisfies Readonly<Record<RenewalAction, string>>;
