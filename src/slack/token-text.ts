import type { TokenIdentity } from "../token/inspection.ts";

/** Names a token without showing it: "ends in …abcd1234, fingerprint 0123456789ab". */
export const fingerprintText = ({ fingerprint, tail }: TokenIdentity): string =>
  tail === "" ? "not shown: too short to be a token" : `ends in …${tail}, fingerprint ${fingerprint}`;
