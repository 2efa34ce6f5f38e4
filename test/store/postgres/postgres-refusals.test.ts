import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openPostgresStore } from "../../../src/store/postgres/open-postgres.ts";
import { explainPostgres } from "../../../src/store/postgres/errors.ts";
import type { PostgresServer } from "../../../src/store/postgres/server.ts";
import type { StoreError } from "../../../src/store/store-error.ts";
import { selfSigned } from "../../support/certificate.ts";
import { createDatabase, postgres, useDatabase } from "../../support/postgres-database.ts";
import { STRICT_USER, TLS_HOST } from "../../support/postgres-server.ts";
import { NOON } from "../contract/states.ts";

const PASSWORD = "correct horse battery";

const opens = async (server: PostgresServer): Promise<true> => {
  const store = await openPostgresStore({ server, pool: 1 });
  await store.ping();
  await store.close();
  return true;
};

/** The error of opening, as the operator reads it. */
const refusal = async (server: PostgresServer): Promise<string> => {
  try {
    await opens(server);
    return "opened";
  } catch (error) {
    const { code, message } = error as StoreError;
    return `${code}: ${message}`;
  }
};

describe.skipIf(postgres === null)("a PostgreSQL that refuses the connection", () => {
  const database = useDatabase("migrated");
  const server = (fields: Partial<PostgresServer> = {}): PostgresServer => ({ ...database().server, ...fields });
  const named = () => `${database().server.database} on 127.0.0.1:${database().server.port}`;

  it("a port where nobody listens", async () => {
    const free = createServer().listen(0, "127.0.0.1");
    await once(free, "listening");
    const { port } = free.address() as AddressInfo;
    free.close();
    await once(free, "close");
    expect(await refusal(server({ port }))).toMatch(
      /^unreachable: The database \w+ on 127\.0\.0\.1:\d+ cannot be reached\. Check that the server runs/,
    );
  });

  it("a host that does not exist", async () => {
    expect(await refusal(server({ host: "db.invalid" }))).toMatch(
      /^unreachable: The database \w+ on db\.invalid:\d+ c/,
    );
  });

  it("a database that does not exist", async () => {
    expect(await refusal(server({ database: "nowhere" }))).toMatch(
      /^refused: The database nowhere on .+ does not exist\. Create it with createdb, or correct the name in DATABASE_URL\.$/,
    );
  });

  it("a user who does not exist", async () => {
    expect(await refusal(server({ user: "nobody" }))).toBe(
      `refused: The database ${named()} rejects the user nobody. Check the user in DATABASE_URL, sslmode if the server requires TLS, and pg_hba.conf of the server.`,
    );
  });

  describe("with a password", () => {
    beforeEach(async () => {
      await database().sql(`create user ${STRICT_USER} password '${PASSWORD}'`);
      await database().sql(`grant all on schema public to ${STRICT_USER}`);
      await database().sql(`grant all on all tables in schema public to ${STRICT_USER}`);
    });
    afterEach(async () => {
      vi.unstubAllEnvs();
      await database().sql(`drop owned by ${STRICT_USER}`);
      await database().sql(`drop user ${STRICT_USER}`);
    });

    it("the right one is accepted", async () => {
      expect(await opens(server({ user: STRICT_USER, password: () => PASSWORD }))).toBe(true);
    });

    it("a wrong one is refused, and never repeated", async () => {
      const wrong = "incorrect-donkey";
      const said = await refusal(server({ user: STRICT_USER, password: () => wrong }));
      expect(said).toBe(`refused: The database ${named()} rejects the password of strict. Correct it in DATABASE_URL.`);
      const error: unknown = await openPostgresStore({
        server: server({ user: STRICT_USER, password: () => wrong }),
        pool: 1,
      }).catch((reason: unknown) => reason);
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as Error).stack)).not.toContain(
        wrong,
      );
    });

    it("a missing one is not taken from the environment", async () => {
      vi.stubEnv("PGPASSWORD", PASSWORD);
      expect(await refusal(server({ user: STRICT_USER }))).toMatch(
        / needs a password for strict, but DATABASE_URL has none\. Add it, or use DATABASE_URL_FILE\.$/,
      );
    });
  });

  it("too many connections", async () => {
    await database().sql("create user narrow superuser");
    await database().sql("alter user narrow nosuperuser connection limit 1");
    await database().sql("grant all on all tables in schema public to narrow");
    const narrow = server({ user: "narrow" });
    const store = await openPostgresStore({ server: narrow, pool: 1 });
    expect(await refusal(narrow)).toBe(
      `busy: The database ${named()} has no free connection. Lower DATABASE_POOL, or raise max_connections of the server or the limit of the user.`,
    );
    await store.close();
    await database().sql("drop owned by narrow");
    await database().sql("drop user narrow");
  });

  it("a user that may not create tables; after the suggested command, the store opens", async () => {
    const empty = await createDatabase("empty");
    await empty.sql("create user guest");
    const told = /^refused: .+ has no schema in which guest can create tables\. Ask its owner to run: (.+)\.$/;
    const said = await refusal({ ...empty.server, user: "guest" });
    expect(said).toMatch(told);
    await empty.sql("revoke usage on schema public from public");
    expect(await refusal({ ...empty.server, user: "guest" })).toBe(said);
    await empty.sql(told.exec(said)?.[1] ?? "");
    expect(await opens({ ...empty.server, user: "guest" })).toBe(true);
    await empty.drop();
    await database().sql("drop user guest");
  });

  it("a user without read permission on the existing tables", async () => {
    await database().sql("create user outsider");
    expect(await refusal(server({ user: "outsider" }))).toBe(
      `refused: The database ${named()} does not grant outsider the required permissions. Make outsider the owner of the database, or of a schema in it.`,
    );
    await database().sql("drop user outsider");
  });

  it("a read-only server", async () => {
    await database().sql("create user reader");
    await database().sql("alter user reader set default_transaction_read_only = on");
    await database().sql("grant all on all tables in schema public to reader");
    const store = await openPostgresStore({ server: server({ user: "reader" }), pool: 1 });
    await expect(store.sync([{ name: "orders", definition: "d" }], NOON)).rejects.toMatchObject({
      code: "read_only",
      message: expect.stringContaining("Set DATABASE_URL to the primary server."),
    });
    await store.close();
    await database().sql("drop owned by reader");
    await database().sql("drop user reader");
  });

  it("a database in another encoding", async () => {
    const latin = await createDatabase("empty", "encoding LATIN1 template template0");
    expect(await refusal(latin.server)).toMatch(
      /^refused: .+ stores text as LATIN1, which cannot hold every name\. Create a database with createdb --encoding=UTF8/,
    );
    await latin.drop();
  });

  it("a database of a newer version", async () => {
    const newer = await createDatabase("migrated");
    await newer.sql("insert into kysely_migration values ('0999-time-travel', '2027-01-01T00:00:00.000Z')");
    expect(await refusal(newer.server)).toMatch(
      /^newer_schema: .+ newer version .+0999-time-travel.+ Run that version/,
    );
    await newer.drop();
  });

  it("our own schema next to another program's tables holds only our tables", async () => {
    const shared = await createDatabase("empty");
    await shared.sql("create table kysely_migration (name text)");
    await shared.sql("insert into kysely_migration values ('of-another-program')");
    await shared.sql("create user tenant");
    await shared.sql("create schema tenant authorization tenant");
    expect(await opens({ ...shared.server, user: "tenant" })).toBe(true);
    expect(await shared.sql("select schemaname from pg_tables where tablename = 'watches'")).toEqual([
      { schemaname: "tenant" },
    ]);
    await shared.drop();
    await database().sql("drop user tenant");
  });

  describe("over TLS", () => {
    const ca = () => postgres?.certificate;

    it("a server whose certificate is signed by the given authority and names the host", async () => {
      expect(await opens(server({ host: TLS_HOST, tls: { kind: "verify-full", ca: ca() } }))).toBe(true);
    });

    it("a server with any certificate when none is verified", async () => {
      expect(await opens(server({ tls: { kind: "require" } }))).toBe(true);
    });

    it("the connection is really encrypted", async () => {
      const store = await openPostgresStore({ server: server({ tls: { kind: "require" } }), pool: 1 });
      expect(
        await database().sql(
          "select ssl from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'wa-token' and datname = current_database()",
        ),
      ).toEqual([{ ssl: true }]);
      await store.close();
    });

    it.each<[string, Partial<PostgresServer>]>([
      ["a certificate of nobody we know", { host: TLS_HOST, tls: { kind: "verify-full", ca: undefined } }],
      [
        "a certificate of somebody else",
        { host: TLS_HOST, tls: { kind: "verify-full", ca: selfSigned(TLS_HOST).certificate } },
      ],
      ["a certificate for another host", { host: "127.0.0.1", tls: { kind: "verify-full", ca: ca() } }],
    ])("refuses %s", async (_, fields) => {
      expect(await refusal(server(fields))).toMatch(
        /^refused: .+ has a certificate that is not trusted, so nothing was sent\. .+sslrootcert=/,
      );
    });

    it("refuses a server without TLS", async () => {
      const plain = createServer((socket) => {
        socket.on("error", () => {});
        socket.once("data", () => socket.write("N"));
      }).listen(0, "127.0.0.1");
      await once(plain, "listening");
      const { port } = plain.address() as AddressInfo;
      expect(await refusal(server({ port, tls: { kind: "require" } }))).toMatch(/^refused: .+ does not support TLS\./);
      plain.close();
    });
  });
});

describe("errors of PostgreSQL", () => {
  const server: PostgresServer = {
    host: "db.example.com",
    port: 5432,
    database: "wa_token",
    user: "bot",
    password: () => PASSWORD,
    tls: { kind: "disable" },
  };

  it.each([
    ["40P01", "busy"],
    ["40001", "busy"],
    ["53100", "full"],
    ["53200", "busy"],
    ["55P03", "busy"],
    ["57014", "busy"],
    ["57P01", "unreachable"],
    ["57P03", "unreachable"],
    ["58030", "io"],
    ["08006", "unreachable"],
    ["08P01", "unreachable"],
    ["25P03", "unreachable"],
    ["XX001", "corrupt"],
    ["XX002", "corrupt"],
    ["ECONNRESET", "unreachable"],
    ["ETIMEDOUT", "unreachable"],
    ["CERT_HAS_EXPIRED", "refused"],
  ])("%s is reported as %s, with the next step", (state, code) => {
    const told = explainPostgres(Object.assign(new Error("words of PostgreSQL"), { code: state }), server);
    expect(told).toMatchObject({
      code,
      message: expect.stringMatching(/^The database wa_token on db\.example\.com:5432 .+\. [A-Z].+\.$/),
    });
  });

  it.each(["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"])(
    "%s asks for a new certificate, because another authority does not help",
    (code) => {
      const told = explainPostgres(Object.assign(new Error("words of Node.js"), { code }), server);
      expect(told).toMatchObject({
        message:
          "The database wa_token on db.example.com:5432 has an expired or not yet valid certificate, so nothing was sent. Renew the certificate, or correct the clock of this machine.",
      });
    },
  );

  it("a lost connection does not show whether the last change was saved", () => {
    const told = explainPostgres(Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }), server);
    expect(told).toMatchObject({ message: expect.stringContaining("The last change may not have been saved.") });
  });

  it.each([
    [new RangeError("a slip of ours")],
    [Object.assign(new Error("duplicate key"), { code: "23505" })],
    ["no error at all"],
  ])("an error that an operator cannot correct stays unchanged: %s", (error) => {
    expect(explainPostgres(error, server)).toBe(error);
  });
});
