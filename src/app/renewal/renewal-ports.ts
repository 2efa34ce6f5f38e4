import type { Fetch } from "../../network/fetch.ts";
import type { ReadProof, TokenWriter } from "../../renewal/ports.ts";
import { createProofReader } from "../../secrets/proof/proof-reader.ts";
import { createTokenWriter } from "../../secrets/write/token-writer.ts";

/** The places and the apps that a renewal reaches. */
export interface RenewalPorts {
  readonly writer: TokenWriter;
  readonly readProof: ReadProof;
}

/** Opens nothing. @param signal aborted when the program stops; proofs then end at once, and saves soon */
export type OpenRenewalPorts = (signal: AbortSignal | undefined) => RenewalPorts;

export interface RenewalPortsOptions {
  /** The process environment, for the commands that the operator configured. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Variables that hold the bot's own secrets. */
  readonly ownSecretNames: Iterable<string>;
  readonly fetch: Fetch;
}

export function renewalPortsOf({ env, ownSecretNames, fetch }: RenewalPortsOptions): OpenRenewalPorts {
  return (signal) => {
    const options = { env, ownSecretNames, signal };
    return { writer: createTokenWriter(options), readProof: createProofReader({ ...options, fetch }) };
  };
}
