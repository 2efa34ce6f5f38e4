import type { TokenIdentity } from "../token/inspection.ts";

/** Names a token without showing it: "ends in …abcd1234, fingerprint 0123456789ab". */
export const fingerprintText = ({ fingerprint, tail }: TokenIdentity): string =>
  tail === "" ? `fingerprint ${fingerprint}` : `ends in …${tail}, fingerprint ${fingerprint}`;
