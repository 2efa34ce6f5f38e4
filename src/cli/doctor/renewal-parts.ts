import type { Config } from "../../config/config.ts";
import type { Fetch } from "../../network/fetch.ts";
import { createProofReader } from "../../secrets/proof/proof-reader.ts";
import { createTokenWriter } from "../../secrets/write/token-writer.ts";
import type { Io } from "../io.ts";
import type { AskRenewal } from "./renewal.ts";

/** Looks at places without writing, and asks apps through the configured proxy. */
export function renewalParts({ config, io, fetch }: Parts): Pick<AskRenewal, "checkPlace" | "readProof"> {
  const { env } = io;
  const { ownSecretNames } = config;
  return {
    checkPlace: createTokenWriter({ env, ownSecretNames }).check,
    readProof: createProofReader({ env, ownSecretNames, fetch }),
  };
}

interface Parts {
  readonly config: Pick<Config, "ownSecretNames">;
  readonly io: Pick<Io, "env">;
  readonly fetch: Fetch;
}
