export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Called at every new connection. Undefined when DATABASE_URL has no password. */
  readonly password: (() => string) | undefined;
  readonly tls: PostgresTls;
}

export type PostgresTls =
  | { readonly kind: "disable" }
  /** Encrypted, but any certificate is accepted. */
  | { readonly kind: "require" }
  /** The certificate must be signed by one of `ca` (PEM; undefined: the public authorities) and name the host. */
  | { readonly kind: "verify-full"; readonly ca: string | undefined };

/** The name of the database in messages. It holds no secret. */
export function nameOf({ database, host, port }: PostgresServer): string {
  return `${database} on ${host}:${port}`;
}
