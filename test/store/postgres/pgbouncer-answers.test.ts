import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { openPostgresStore } from "../../../src/store/postgres/open-postgres.ts";
import { explainPostgres, isTransient } from "../../../src/store/postgres/errors.ts";
import type { PostgresServer } from "../../../src/store/postgres/server.ts";

/** Recorded from PgBouncer 1.18.0, 2026-11: the bytes with which it ends a new connection. */
const RECORDED: readonly (readonly [what: string, bytes: string, told: RegExp])[] = [
  [
    "our settings",
    "E\0\0\0ESFATAL\0C08P01\0Munsupported startup parameter: statement_timeout\0\0",
    /^refused: .+ rejects wa-token.s settings\. Set ignore_startup_parameters = statement_timeout, lock_timeout, idle_in_transaction_session_timeout in/,
  ],
  [
    "a wrong password (scram-sha-256)",
    "E\0\0\0/SFATAL\0C08P01\0MSASL authentication failed\0\0",
    /^refused: .+ rejects the password of bob\. Correct it in DATABASE_URL\.$/,
  ],
  [
    "a wrong password (md5)",
    "E\0\0\x003SFATAL\0C08P01\0Mpassword authentication failed\0\0",
    /^refused: .+ rejects the password of bob\. Correct it in DATABASE_URL\.$/,
  ],
  [
    "a database that does not exist",
    'E\0\0\x006SFATAL\0C08P01\0Mdatabase "nowhere" does not exist\0\0',
    /^refused: The database nowhere on .+ does not exist\. Create it with createdb,/,
  ],
  [
    "too many clients",
    "E\0\0\0BSFATAL\0C08P01\0Mno more connections allowed (max_client_conn)\0\0",
    /^busy: .+ has no free connection in PgBouncer\. Lower DATABASE_POOL, or raise max_client_conn/,
  ],
  [
    "a server that is down",
    "E\0\0\0'SFATAL\0C08P01\0Mquery_wait_timeout\0\0",
    /^unreachable: .+ is behind a PgBouncer that cannot reach its server\./,
  ],
  ["TLS that it demands", "E\0\0\0!SFATAL\0C08P01\0MSSL required\0\0", /^refused: .+ rejects the user bob\. .+sslmode/],
];

const server = (port: number): PostgresServer => ({
  host: "127.0.0.1",
  port,
  database: "nowhere",
  user: "bob",
  password: () => "right",
  tls: { kind: "disable" },
});

it.each(RECORDED)("%s is reported by its cause, whatever its SQLSTATE", async (_, bytes, told) => {
  const bouncer = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end(Buffer.from(bytes, "latin1")));
  }).listen(0, "127.0.0.1");
  await once(bouncer, "listening");
  onTestFinished(() => void bouncer.close());
  const { port } = bouncer.address() as AddressInfo;
  const opening = openPostgresStore({ server: server(port), pool: 1 }).catch((error: unknown) => error);
  const error = await opening;
  expect(error).toMatchObject({ name: "StoreError" });
  const { code, message } = error as { code: string; message: string };
  expect(`${code}: ${message}`).toMatch(told);
  // Only refused settings have this remedy.
  expect(message.includes("ignore_startup_parameters")).toBe(bytes.includes("startup parameter"));
});

const answer = (message: string): Error => Object.assign(new Error(message), { code: "08P01" });

/**
 * Messages in its source: src/client.c, src/janitor.c, src/objects.c, src/proto.c and src/server.c of 1.18.0 and
 * 1.25.0, read on 28 November 2026. When the server refuses PgBouncer itself, the message is the server's.
 */
it.each([
  ["unsupported startup parameter: lock_timeout=10000", "refused"],
  ["unsupported startup parameter in options: lock_timeout", "refused"],
  ["no such database: nowhere", "refused"],
  ["no such user: eve", "refused"],
  ['password authentication failed for user "bob"', "refused"],
  [
    'server login has been failing, cached error: password authentication failed for user "bob" (server_login_retry)',
    "refused",
  ],
  ['database "nowhere" does not exist', "refused"],
  ['database "nowhere" is disabled', "refused"],
  ["unix socket login rejected", "refused"],
  ["certificate authentication failed", "refused"],
  ["sorry, too many clients already", "busy"],
  ["no more connections allowed (max_client_conn)", "busy"],
  ["client connections exceeded (max_user_client_connections)", "busy"],
  ["client connections exceeded (max_db_client_connections)", "busy"],
  ["server login has been failing, try again later (server_login_retry)", "unreachable"],
  ["client_login_timeout (server down)", "unreachable"],
  ["server login has been failing, cached error: connect failed (server_login_retry)", "unreachable"],
  ["server DNS lookup failed", "unreachable"],
  ["the database system is starting up", "unreachable"],
  ["pooler is shutting down", "unreachable"],
  ["server shutting down", "unreachable"],
  ["server conn crashed?", "unreachable"],
  ["something that a later version says", "unreachable"],
])('"%s" is reported as %s', (message, code) => {
  const told = explainPostgres(answer(message), server(6_432));
  expect(told).toMatchObject({ code, message: expect.stringMatching(/^The database nowhere on 127\.0\.0\.1:6432 /) });
});

it.each(["server conn crashed?", "server lifetime over", "query_timeout"])(
  "a lost server (%s) is temporary",
  (message) => {
    expect(isTransient(answer(message))).toBe(true);
  },
);

it.each(["unsupported startup parameter: lock_timeout", "no such database: nowhere", "SASL authentication failed"])(
  "an error that a person must correct (%s) is not temporary",
  (message) => {
    expect(isTransient(answer(message))).toBe(false);
  },
);
