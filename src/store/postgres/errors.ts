import { stateOfPgBouncer } from "./pgbouncer-errors.ts";
import { nameOf, type PostgresServer } from "./server.ts";
import { StoreError, type StoreErrorCode } from "../store-error.ts";

/** True when the server rejects writes. It may be a standby now, and a new connection may lead to the new primary. */
export function isReadOnly(error: unknown): boolean {
  return error instanceof Error && codeOf(error) === "25006";
}

/**
 * True when the same work may succeed if it runs again: the connection was lost, the server became a standby, or a
 * transaction was cancelled.
 */
export function isTransient(error: unknown): boolean {
  return (
    isReadOnly(error) ||
    (error instanceof Error &&
      (TRANSACTION_CONFLICTS.has(codeOf(error)) || find(error, { user: "", password: undefined }) === LOST))
  );
}

/**
 * Turns an error of pg or the network into a StoreError for the operator, without the password. Returns any other error
 * unchanged.
 */
export function explainPostgres(error: unknown, server: PostgresServer): unknown {
  const found = error instanceof Error ? find(error, server) : undefined;
  return found === undefined
    ? error
    : new StoreError(found.code, `The database ${nameOf(server)} ${found.what}`, { cause: error });
}

interface Explanation {
  readonly code: StoreErrorCode;
  /** Comes after "The database <name> on <host>:<port> ". */
  readonly what: string;
}

const LOST: Explanation = {
  code: "unreachable",
  what: "closed the connection during the work. The last change may not have been saved. The next round tries again. If this continues, check the server.",
};

const UNREACHABLE: Explanation = {
  code: "unreachable",
  what: "cannot be reached. Check that the server runs, that host and port in DATABASE_URL are correct, and that no firewall blocks the connection.",
};

const SLOW: Explanation = {
  code: "unreachable",
  what: "did not answer in time. Check the server and the network to it.",
};

const UNTRUSTED: Explanation = {
  code: "refused",
  what: "has a certificate that is not trusted, so nothing was sent. Add its CA certificate to DATABASE_URL with sslrootcert=/path, and use the host name in the certificate.",
};

const EXPIRED: Explanation = {
  code: "refused",
  what: "has an expired or not yet valid certificate, so nothing was sent. Renew the certificate, or correct the clock of this machine.",
};

type Credentials = Pick<PostgresServer, "user" | "password">;

/** By SQLSTATE ("PostgreSQL Error Codes", read 2026-11), or by its first two digits. */
function byState({ user, password }: Credentials): Readonly<Record<string, Explanation>> {
  return {
    "08": LOST,
    "28P01": {
      code: "refused",
      what:
        password === undefined
          ? `needs a password for ${user}, but DATABASE_URL has none. Add it, or use DATABASE_URL_FILE.`
          : `rejects the password of ${user}. Correct it in DATABASE_URL.`,
    },
    "28": {
      code: "refused",
      what: `rejects the user ${user}. Check the user in DATABASE_URL, sslmode if the server requires TLS, and pg_hba.conf of the server.`,
    },
    "3D000": { code: "refused", what: "does not exist. Create it with createdb, or correct the name in DATABASE_URL." },
    "42501": {
      code: "refused",
      what: `does not grant ${user} the required permissions. Make ${user} the owner of the database, or of a schema in it.`,
    },
    "25006": {
      code: "read_only",
      what: "is read-only: it is a standby, or its settings forbid writing. Set DATABASE_URL to the primary server.",
    },
    "25P03": LOST,
    "40": {
      code: "busy",
      what: "cancelled the work several times because other programs changed the same rows. Try again.",
    },
    "53100": {
      code: "full",
      what: "has no disk space left. The last change was not saved; earlier data is intact. Free some disk space.",
    },
    "53300": {
      code: "busy",
      what: "has no free connection. Lower DATABASE_POOL, or raise max_connections of the server or the limit of the user.",
    },
    "53": { code: "busy", what: "is short of memory or another resource. Check the server." },
    "55P03": {
      code: "busy",
      what: "stayed locked by another program. Try again. If this continues, find the program that holds the lock.",
    },
    "57014": {
      code: "busy",
      what: "cancelled the work because it took too long. Try again. If this continues, check the server.",
    },
    "57P03": { code: "unreachable", what: "is starting or stopping. Try again in a moment." },
    "57P": LOST,
    "58": {
      code: "io",
      what: "cannot be read or written by its server. The last change was not saved. Check the disks of the server.",
    },
    XX001: { code: "corrupt", what: "is damaged. wa-token did not change it. Restore it from a backup." },
    XX002: {
      code: "corrupt",
      what: "has a damaged index. wa-token did not change it. Run reindex, or restore a backup.",
    },
  };
}

/** Errors that only PgBouncer reports, by the states of pgbouncer-errors.ts. */
const BY_POOLER: Readonly<Record<string, Explanation>> = {
  // PgBouncer's documentation, ignore_startup_parameters, read 2026-11.
  settings: {
    code: "refused",
    what: "is behind a PgBouncer that rejects wa-token's settings. Set ignore_startup_parameters = statement_timeout, lock_timeout, idle_in_transaction_session_timeout in pgbouncer.ini, or connect directly to the PostgreSQL server.",
  },
  tooManyClients: {
    code: "busy",
    what: "has no free connection in PgBouncer. Lower DATABASE_POOL, or raise max_client_conn in PgBouncer or its limit for the user or database.",
  },
  disabled: {
    code: "refused",
    what: "is disabled in PgBouncer. Enable it in PgBouncer, or connect directly to the PostgreSQL server.",
  },
  serverUnreachable: {
    code: "unreachable",
    what: "is behind a PgBouncer that cannot reach its server. wa-token tries again. If this continues, check the server and the log of PgBouncer.",
  },
};

/** PostgreSQL sends 08P01 only to clients that break the protocol, so here it comes from PgBouncer. */
const POOLER_STATE = "08P01";

/** By the error code of Node.js for networks and TLS. */
const BY_CODE: Readonly<Record<string, Explanation>> = {
  ECONNREFUSED: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ETIMEDOUT: SLOW,
  ECONNRESET: LOST,
  EPIPE: LOST,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_SIGNATURE_FAILURE: UNTRUSTED,
  CERT_NOT_YET_VALID: EXPIRED,
  CERT_HAS_EXPIRED: EXPIRED,
  ERR_TLS_CERT_ALTNAME_INVALID: UNTRUSTED,
};

/** Errors of pg and pg-pool 8 that have a message but no code. */
const BY_WORDS: readonly (readonly [RegExp, Explanation])[] = [
  [/^Connection terminated due to connection timeout/, SLOW],
  [/^timeout exceeded when trying to connect/, { ...SLOW, code: "busy" }],
  [/^Connection terminated|is not queryable$/, LOST],
  [
    /does not support SSL connections/,
    {
      code: "refused",
      what: "does not support TLS. Enable TLS on the server. Add sslmode=disable to DATABASE_URL only if nobody else can read the network traffic.",
    },
  ],
];

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

function findState(code: string, credentials: Credentials): Explanation | undefined {
  const states = /^[0-9A-Z]{5}$/.test(code) ? byState(credentials) : {};
  return states[code] ?? states[code.slice(0, 3)] ?? states[code.slice(0, 2)];
}

function find(error: Error, credentials: Credentials): Explanation | undefined {
  const code = codeOf(error);
  if (code === POOLER_STATE) {
    const state = stateOfPgBouncer(error.message);
    return BY_POOLER[state] ?? findState(state, credentials);
  }
  return findState(code, credentials) ?? BY_CODE[code] ?? BY_WORDS.find(([words]) => words.test(error.message))?.[1];
}

/** PostgreSQL cancelled the transaction because of another one. The same work succeeds when it runs again. */
const TRANSACTION_CONFLICTS = new Set(["40001", "40P01"]);
