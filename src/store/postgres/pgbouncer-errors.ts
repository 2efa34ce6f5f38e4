/**
 * The state of a PgBouncer message: a SQLSTATE, or `settings`, `tooManyClients`, `disabled` or `serverUnreachable`.
 * 08006 means a lost server.
 */
export function stateOfPgBouncer(message: string): string {
  return STATES.find(([words]) => words.test(message))?.[1] ?? "08006";
}

/**
 * Maps PgBouncer's messages to the state that PostgreSQL would report. PgBouncer 1.18.0 answers every error with 08P01,
 * and 1.25.0 does so except for errors of the server's login. So the message text decides (tested with 1.18.0; the
 * texts are in src/client.c, src/janitor.c, src/objects.c, src/proto.c and src/server.c of both versions, read on 28
 * November 2026). Messages of the server come without a prefix, or after "cached error:" since 1.24.
 */
const STATES: readonly (readonly [words: RegExp, state: string])[] = [
  [/^unsupported startup parameter/, "settings"],
  [/no more connections allowed|client connections exceeded/, "tooManyClients"],
  [/too many (?:clients|connections)|connection slots are reserved/, "53300"],
  [/no such database|database "?.*"? does not exist/, "3D000"],
  [/password authentication failed|SASL authentication failed|empty password/, "28P01"],
  [/no such user|role ".*" does not exist|authentication failed|login rejected|(?:TLS|SSL) (?:\w+ )*required/, "28000"],
  [/database ".*" is disabled|does not allow connections/, "disabled"],
  [/permission denied/, "42501"],
  [/starting up|shutting down|in recovery mode/, "57P03"],
  [
    /query_wait_timeout|server_login_retry|server down|connect(?:ion)? failed|cannot connect|DNS lookup/,
    "serverUnreachable",
  ],
];
