import type { Expiry } from "../../token/expiry.ts";

/** The end of a token in the output for scripts: ISO time, "never", or null when it is not known. */
export function expiryJson(expiry: Expiry): string | null {
  switch (expiry.kind) {
    case "at":
      return expiry.at.toISOString();
    case "never":
      return "never";
    case "not_known":
      return null;
  }
}
