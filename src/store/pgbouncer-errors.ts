/**
 * What PgBouncer says, in the state that PostgreSQL would give for the same. PgBouncer 1.18.0 answers everything with
 * 08P01, and 1.25.0 all but what the server said at its login, so the words decide (tried with 1.18.0; the words are in
 * src/client.c, src/janitor.c, src/objects.c, src/proto.c and src/server.c of both, read on 28 November 2026). What the
 * server said comes without a prefix, or behind "cached error:" since 1.24.
 */
const STATES: readonly (readonly [words: RegExp, state: string])[] = [
  [/^unsupported startup parameter/, "settings"],
  [/no more connections allowed|client connections exceeded/, "crowded"],
  [/too many (?:clients|connections)|connection slots are reserved/, "53300"],
  [/no such database|database "?.*"? does not exist/, "3D000"],
  [/password authentication failed|SASL authentication failed|empty password/, "28P01"],
  [/no such user|role ".*" does not exist|authentication failed|login rejected|(?:TLS|SSL) (?:\w+ )*required/, "28000"],
  [/database ".*" is disabled|does not allow connections/, "disabled"],
  [/permission denied/, "42501"],
  [/starting up|shutting down|in recovery mode/, "57P03"],
  [/query_wait_timeout|server_login_retry|server down|connect(?:ion)? failed|cannot connect|DNS lookup/, "behind"],
];

/** The state of an answer of PgBouncer: a SQLSTATE, or `settings`, `crowded`, `disabled` or `behind`; 08006 is a lost server. */
export const stateOfPgBouncer = (message: string): string =>
  STATES.find(([words]) => words.test(message))?.[1] ?? "08006";
