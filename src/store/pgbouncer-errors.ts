/**
 * What PgBouncer says, in the state that PostgreSQL would give for the same. PgBouncer up to 1.18 answers everything with
 * 08P01, later versions most of it, so its words decide (tried with 1.18.0, 2026-11; its source, src/client.c, src/janitor.c
 * and src/objects.c, read 2026-11).
 */
const STATES: readonly (readonly [words: RegExp, state: string])[] = [
  [/^unsupported startup parameter/, "settings"],
  [/no more connections allowed/, "crowded"],
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
