/** Where a PostgreSQL database is and how to reach it. */
export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Asked at every new connection; undefined when there is none to give. */
  readonly password: (() => string) | undefined;
  readonly tls: PostgresTls;
}

export type PostgresTls =
  | { readonly kind: "disable" }
  /** Encrypted, but whoever answers is believed. */
  | { readonly kind: "require" }
  /** The certificate must be signed by one of `ca` (PEM; undefined: the public ones) and name the host. */
  | { readonly kind: "verify-full"; readonly ca: string | undefined };

/** As people are told about it: nothing here is secret. */
export const nameOf = ({ database, host, port }: PostgresServer): string => `${database} on ${host}:${port}`;
