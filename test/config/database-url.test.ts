import { describe, expect, it } from "vitest";
import { reveal } from "../../src/token/secret/secret.ts";
import { fakeToken } from "../support/fake-token.ts";
import { configOf, type Files, problemsOf } from "./environment.ts";

const PEM = "-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n";

const databaseOf = async (url: string, files: Files = {}) => (await configOf({ DATABASE_URL: url }, files)).databaseUrl;

const messages = async (url: string, files: Files = {}) =>
  (await problemsOf({ DATABASE_URL: url }, files)).map(({ message }) => message);

describe("DATABASE_URL of a PostgreSQL server", () => {
  it("gives every part, with the usual port, a pool of 5 and a certificate that must be right", async () => {
    const database = await databaseOf("postgres://bot:not-so-secret@db.example.com/wa_token");
    expect(database).toEqual({
      kind: "postgres",
      host: "db.example.com",
      port: 5432,
      database: "wa_token",
      user: "bot",
      password: expect.anything(),
      tls: { kind: "verify-full", ca: undefined },
      pool: 5,
    });
    expect(database.kind === "postgres" && database.password && reveal(database.password)).toBe("not-so-secret");
    expect(JSON.stringify(database)).not.toContain("not-so-secret");
  });

  it.each([
    ["postgresql://bot@db.example.com:6432/x", { port: 6432, password: undefined }],
    ["POSTGRES://bot@db.example.com/x", { host: "db.example.com" }],
    ["postgres://b%40t:p@db.example.com/wa%20token", { user: "b@t", database: "wa token" }],
    ["postgres://bot@localhost/x", { host: "localhost", tls: { kind: "disable" } }],
    ["postgres://bot@db.localhost/x", { host: "db.localhost", tls: { kind: "verify-full" } }],
    ["postgres://bot@[::1]:5433/x", { host: "::1", port: 5433, tls: { kind: "disable" } }],
    ["postgres://bot@localhost/x?sslmode=verify-full", { tls: { kind: "verify-full", ca: undefined } }],
    ["postgres://bot@db/x?sslmode=disable", { tls: { kind: "disable" } }],
    ["postgres://bot@db/x?sslmode=require", { tls: { kind: "require" } }],
    ["postgres://bot@db/x?sslrootcert=/ca.pem", { tls: { kind: "verify-full", ca: PEM } }],
  ])("%s is read", async (url, parts) => {
    expect(await databaseOf(url, { "/ca.pem": PEM })).toMatchObject(parts);
  });

  it("decodes the % escapes of a password", async () => {
    const database = await databaseOf("postgres://bot:%40%3A%2F%3F%23%25@db/x");
    expect(database.kind === "postgres" && database.password && reveal(database.password)).toBe("@:/?#%");
  });

  it("may be in a file, and may set its own pool", async () => {
    const env = { DATABASE_URL_FILE: "/run/secrets/database", DATABASE_POOL: "12" };
    const { databaseUrl } = await configOf(env, { "/run/secrets/database": "postgres://bot:pw@db/x\n" });
    expect(databaseUrl).toMatchObject({ kind: "postgres", host: "db", pool: 12 });
  });

  it.each([
    ["postgres://bot:pw#hidden-word@db/x", /^DATABASE_URL contains a #\. .+write # as %23, for example \S+%23@/],
    ["postgres://bot@db/x#hidden-word", /^DATABASE_URL contains a #\. .+Anywhere else, remove it\.$/],
    ["postgres://bot:pw/hidden-word@db/x", /^DATABASE_URL must be a URL \(in a user name or password write @ as %40/],
    [
      "postgres://bot:hidden-word%@db/x",
      /^DATABASE_URL has a % that is not followed by two hexadecimal digits\. Write % as %25, for example \S+%25@/,
    ],
    ["postgres://db/hidden-word", /^DATABASE_URL must name a user, a host and a database, for example postgres:/],
    ["postgres://hidden-word@db", /must name a user, a host and a database/],
    ["postgres://hidden-word@db/", /must name a user, a host and a database/],
    ["postgres://hidden-word@/x", /must name a user, a host and a database|must be a URL/],
    ["postgres://bot@db/x/hidden-word", /must name a user, a host and a database/],
    ["postgres://bot@db/x?sslmode=prefer", /has an unsupported sslmode\. Use disable, require or verify-full\.$/],
    ["postgres://bot@db/x?sslmode=hidden-word", /has an unsupported sslmode/],
    [
      "postgres://bot@db/x?sslmode=require&sslrootcert=/ca.pem",
      /has sslrootcert, which works only with sslmode=verify-full/,
    ],
    ["postgres://bot@localhost/x?sslrootcert=/ca.pem", /has sslrootcert, which works only with sslmode=verify-full/],
    [
      "postgres://bot@db/x?channel_binding=hidden-word",
      /has an unsupported parameter: "channel_binding"\. Use only sslmode and sslrootcert\.$/,
    ],
    ["postgres://bot@db/x?sslrootcert=/none.pem", /the sslrootcert file \/none\.pem cannot be read \(ENOENT\)/],
    ["postgres://bot@db/x?sslrootcert=/key.pem", /the sslrootcert file \/key\.pem contains no certificate/],
  ])("%s is refused, and nothing secret is repeated", async (url, message) => {
    const found = await messages(url, { "/ca.pem": PEM, "/key.pem": "hidden-word" });
    expect(found).toEqual([expect.stringMatching(message)]);
    expect(found.join("")).not.toContain("hidden-word");
  });

  it.each(["TOKEN", "sqlite:TOKEN", "postgres://TOKEN@db/x", "postgres://bot@db/TOKEN"])(
    "a token in the wrong place is named as the reason, and not repeated: %s",
    async (url) => {
      const token = fakeToken("database");
      const found = await messages(url.replace("TOKEN", token));
      expect(found).toEqual([expect.stringContaining("contains something that looks like a token")]);
      expect(found[0]).not.toContain(token.slice(0, 12));
    },
  );
});

describe("DATABASE_URL of an SQLite file", () => {
  it.each([
    "sqlite::memory:",
    "sqlite://:memory:",
    "SQLITE::MEMORY:",
    "sqlite:file::memory:?cache=shared",
    "sqlite::memory:?cache=shared",
  ])("%s is refused: a database in memory loses every alert", async (url) => {
    expect(await messages(url)).toEqual([expect.stringMatching(/^DATABASE_URL must name a file, because .+\.db\.$/)]);
  });

  it.each([
    "sqlite:?mode=memory",
    "sqlite:./data/wa-token.db?mode=ro",
    "sqlite:///data/wa-token.db?mode=rwc&cache=shared",
    "sqlite:data/wa-token.db?",
    "sqlite:./data/wa-token.db?immutable=1",
  ])("%s is refused: a SQLite path has no parameters", async (url) => {
    expect(await messages(url)).toEqual([expect.stringMatching(/^DATABASE_URL has a \? after sqlite:, .+\.$/)]);
  });

  it.each(["sqlite:file:data/wa-token.db", "sqlite:file:///data/wa-token.db"])("%s is refused", async (url) => {
    expect(await messages(url)).toEqual([expect.stringMatching(/^DATABASE_URL has file: after sqlite:, .+\.db\.$/)]);
  });

  it.each([
    ["sqlite:./data/wa-token.db", "./data/wa-token.db"],
    ["sqlite:/data/wa-token.db", "/data/wa-token.db"],
    ["sqlite:///data/wa-token.db", "/data/wa-token.db"],
    ["sqlite:memory", "memory"],
  ])("%s is read", async (url, path) => {
    expect(await databaseOf(url)).toEqual({ kind: "sqlite", path });
  });
});
