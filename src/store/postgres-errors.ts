import { stateOfPgBouncer } from "./pgbouncer-errors.ts";
import { nameOf, type PostgresServer } from "./postgres-server.ts";
import { StoreError, type StoreErrorCode } from "./store-error.ts";

interface Explanation {
  readonly code: StoreErrorCode;
  /** Follows "The database <name> on <host>:<port> ". */
  readonly what: string;
}

const LOST: Explanation = {
  code: "unreachable",
  what: "was lost in the middle of the work. The last change was not saved; it is tried again at the next round. If it lasts, look at the server.",
};

const AWAY: Explanation = {
  code: "unreachable",
  what: "cannot be reached. Check that the server runs and the host and port in DATABASE_URL, and that no firewall stands between.",
};

const SLOW: Explanation = {
  code: "unreachable",
  what: "did not answer in time. Check the server and the network to it.",
};

const UNTRUSTED: Explanation = {
  code: "refused",
  what: "shows a certificate that is not to be trusted, so nothing was sent. Give the certificate of its authority with sslrootcert=/path in DATABASE_URL, and use the host name that the certificate names.",
};

type Asking = Pick<PostgresServer, "user" | "password">;

/** By SQLSTATE ("PostgreSQL Error Codes", read 2026-11), or by its first two digits. */
const byState = ({ user, password }: Asking): Readonly<Record<string, Explanation>> => ({
  "08": LOST,
  "28P01": {
    code: "refused",
    what:
      password === undefined
        ? `asks for the password of ${user}, and DATABASE_URL has none. Add it, or use DATABASE_URL_FILE.`
        : `refuses the password of ${user}. Correct it in DATABASE_URL.`,
  },
  "28": {
    code: "refused",
    what: `does not let ${user} in. Check the user in DATABASE_URL, sslmode if the server wants TLS, and the server's pg_hba.conf.`,
  },
  "3D000": { code: "refused", what: "does not exist. Make it with createdb, or correct the name in DATABASE_URL." },
  "42501": {
    code: "refused",
    what: `does not let ${user} do what is needed. Make ${user} the owner of the database, or of a schema in it.`,
  },
  "25006": {
    code: "read_only",
    what: "can only be read: it is a standby, or set so. Point DATABASE_URL at the primary server.",
  },
  "25P03": LOST,
  "40": { code: "busy", what: "had to break off several times because other programs work on it. Try again." },
  "53100": {
    code: "full",
    what: "has no room left on its disk. The last change was not saved, what was there before is intact. Free some space.",
  },
  "53300": {
    code: "busy",
    what: "has no connection left. Lower DATABASE_POOL, or raise max_connections of the server or the user's limit.",
  },
  "53": { code: "busy", what: "is short of memory or of another resource. Look at the server." },
  "55P03": { code: "busy", what: "stayed locked by another program. Try again; if it lasts, find who holds it." },
  "57014": {
    code: "busy",
    what: "took too long, and the work was broken off. Try again; if it lasts, look at the server.",
  },
  "57P03": { code: "unreachable", what: "is starting or stopping. Try again in a moment." },
  "57P": LOST,
  "58": {
    code: "io",
    what: "could not be read or written by its server. The last change was not saved. Look at the server.",
  },
  XX001: { code: "corrupt", what: "is damaged. It was left as it is. Restore it from a backup." },
  XX002: {
    code: "corrupt",
    what: "has a damaged index. It was left as it is. Reindex it, or restore it from a backup.",
  },
});

/** What only PgBouncer says, by the words of pgbouncer-errors.ts. */
const BY_POOLER: Readonly<Record<string, Explanation>> = {
  // Its documentation, ignore_startup_parameters, read 2026-11.
  settings: {
    code: "refused",
    what: "is behind a PgBouncer that does not take our settings. Set ignore_startup_parameters = statement_timeout, lock_timeout, idle_in_transaction_session_timeout in pgbouncer.ini, or connect to the server itself.",
  },
  crowded: {
    code: "busy",
    what: "has no connection left in PgBouncer. Lower DATABASE_POOL, or raise max_client_conn there, or the limit of the user or database.",
  },
  disabled: { code: "refused", what: "is disabled in PgBouncer. Enable it there, or connect to the server itself." },
  behind: {
    code: "unreachable",
    what: "is behind a PgBouncer that cannot reach its server. It is tried again; if it lasts, look at the server and at the log of PgBouncer.",
  },
};

/** The state of 08P01, which PostgreSQL itself gives only to programs that break its protocol. */
const POOLER_STATE = "08P01";

/** By the code of Node.js's network and TLS errors. */
const BY_CODE: Readonly<Record<string, Explanation>> = {
  ECONNREFUSED: AWAY,
  ENOTFOUND: AWAY,
  EAI_AGAIN: AWAY,
  EHOSTUNREACH: AWAY,
  ENETUNREACH: AWAY,
  ETIMEDOUT: SLOW,
  ECONNRESET: LOST,
  EPIPE: LOST,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_SIGNATURE_FAILURE: UNTRUSTED,
  CERT_NOT_YET_VALID: UNTRUSTED,
  CERT_HAS_EXPIRED: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: UNTRUSTED,
};

/** What pg and pg-pool 8 say in words alone. */
const BY_WORDS: readonly (readonly [RegExp, Explanation])[] = [
  [/^Connection terminated due to connection timeout/, SLOW],
  [/^timeout exceeded when trying to connect/, { ...SLOW, code: "busy" }],
  [/^Connection terminated|is not queryable$/, LOST],
  [
    /does not support SSL connections/,
    {
      code: "refused",
      what: "does not speak TLS. Turn it on at the server; only if nobody else can listen on the way, add sslmode=disable to DATABASE_URL.",
    },
  ],
];

const codeOf = (error: Error): string => ("code" in error && typeof error.code === "string" ? error.code : "");

const findState = (code: string, asking: Asking): Explanation | undefined => {
  const states = /^[0-9A-Z]{5}$/.test(code) ? byState(asking) : {};
  return states[code] ?? states[code.slice(0, 3)] ?? states[code.slice(0, 2)];
};

const find = (error: Error, asking: Asking): Explanation | undefined => {
  const code = codeOf(error);
  if (code === POOLER_STATE) {
    const state = stateOfPgBouncer(error.message);
    return BY_POOLER[state] ?? findState(state, asking);
  }
  return findState(code, asking) ?? BY_CODE[code] ?? BY_WORDS.find(([words]) => words.test(error.message))?.[1];
};

/** Broken off by other programs' transactions: the same work goes through when it is done again. */
const CROSSED = new Set(["40001", "40P01"]);

/** The server takes no change: it may be the standby by now, and the one that the address leads to now may take it. */
export const isReadOnly = (error: unknown): boolean => error instanceof Error && codeOf(error) === "25006";

/**
 * The connection broke, it leads to a server that was demoted, or a transaction had to give way: done again, it may well
 * work.
 */
export const isPassing = (error: unknown): boolean =>
  isReadOnly(error) ||
  (error instanceof Error && (CROSSED.has(codeOf(error)) || find(error, { user: "", password: undefined }) === LOST));

/** An error of pg or the network in the operator's words, without the password; any other error as it is. */
export const explainPostgres = (error: unknown, server: PostgresServer): unknown => {
  const found = error instanceof Error ? find(error, server) : undefined;
  return found === undefined
    ? error
    : new StoreError(found.code, `The database ${nameOf(server)} ${found.what}`, { cause: error });
};
