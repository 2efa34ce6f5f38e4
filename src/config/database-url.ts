import { Secret } from "../token/secret/secret.ts";
import { containsTokenShape } from "../token/secret/shape.ts";
import type { Database, PostgresAddress } from "./config.ts";
import type { ParseResult } from "./field.ts";
import { type Problem, shown, shownPath } from "./problem.ts";
import { cannotBeRead, type ReadFile } from "./secret-files.ts";
import { isLoopback } from "./url-fields.ts";

export type DatabaseUrl = SqliteUrl | PostgresUrl;

/** Problems never repeat the URL, because the URL of a database server can contain a password. */
export function readDatabaseUrl(text: string): ParseResult<DatabaseUrl> {
  return /^postgres(ql)?:/i.test(text) ? readPostgres(text) : readSqlite(text);
}

export interface Certificates {
  /** PEM text; undefined when DATABASE_URL names no certificate file. */
  readonly ca: string | undefined;
  readonly problems: readonly Problem[];
}

/** Reads the file named by `sslrootcert` in DATABASE_URL. */
export function readCertificates(text: string, readFile: ReadFile): Certificates {
  const reading = readDatabaseUrl(text);
  const path = "value" in reading && reading.value.kind === "postgres" ? reading.value.caPath : undefined;
  if (path === undefined) return { ca: undefined, problems: [] };
  const invalid = (what: string): Certificates => ({
    ca: undefined,
    problems: [{ name: "DATABASE_URL", message: `DATABASE_URL: the sslrootcert file ${shownPath(path)} ${what}` }],
  });
  try {
    const ca = readFile(path);
    return ca.includes("-----BEGIN CERTIFICATE-----")
      ? { ca, problems: [] }
      : invalid("contains no certificate. Use a PEM file, which contains the line -----BEGIN CERTIFICATE-----.");
  } catch (error) {
    return invalid(cannotBeRead(error));
  }
}

type SqliteUrl = Extract<Database, { readonly kind: "sqlite" }>;

interface PostgresUrl extends PostgresAddress {
  readonly tls: (typeof TLS_MODES)[number];
  /** The file with the trusted CA certificates. If undefined, public certificate authorities are trusted. */
  readonly caPath: string | undefined;
}

const EXAMPLE = "postgres://wa_token@db.example.com/wa_token";
const TLS_MODES = ["disable", "require", "verify-full"] as const;
const PARAMETERS = ["sslmode", "sslrootcert"];

function readSqlite(text: string): ParseResult<SqliteUrl> {
  if (/^sqlite:.*:memory:/i.test(text))
    return {
      problem:
        "must name a file, because a database in memory loses every alert when the bot stops. Set for example sqlite:./data/wa-token.db.",
    };
  if (/^sqlite:[^?]*\?/i.test(text))
    return {
      problem: "has a ? after sqlite:, but a SQLite path has no parameters. Remove the ? and everything after it.",
    };
  if (/^sqlite:(?:\/\/)?file:/i.test(text))
    return { problem: "has file: after sqlite:, but needs only a path, for example sqlite:./data/wa-token.db." };
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/i.exec(text)?.[1];
  const allowed = `sqlite: and a path, for example sqlite:./data/wa-token.db, or a URL such as ${EXAMPLE}`;
  if (containsTokenShape(path ?? text))
    return { problem: `contains something that looks like a token. Set it to ${allowed}.` };
  return path === undefined || path.startsWith("//")
    ? { problem: `must be ${allowed}.` }
    : { value: { kind: "sqlite", path } };
}

/** Returns undefined when the text contains an invalid % escape. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return undefined;
  }
}

/**
 * Reads how the connection to the server is encrypted. The modes `prefer` and `allow`, which other programs know, are
 * refused: they fall back to plain text when an attacker on the network asks for it.
 */
function readTls(url: URL): ParseResult<Pick<PostgresUrl, "tls" | "caPath">> {
  const unsupported = [...url.searchParams.keys()].find((name) => !PARAMETERS.includes(name));
  if (unsupported !== undefined)
    return {
      problem: `has an unsupported parameter: ${shown(unsupported)}. Use only ${PARAMETERS.join(" and ")}.`,
    };
  const mode = url.searchParams.get("sslmode") ?? (isLoopback(url.hostname) ? "disable" : "verify-full");
  const tls = TLS_MODES.find((known) => known === mode);
  if (tls === undefined) return { problem: "has an unsupported sslmode. Use disable, require or verify-full." };
  const caPath = url.searchParams.get("sslrootcert") ?? undefined;
  return caPath !== undefined && tls !== "verify-full"
    ? {
        problem:
          "has sslrootcert, which works only with sslmode=verify-full. Set sslmode=verify-full, or remove sslrootcert.",
      }
    : { value: { tls, caPath } };
}

function readPostgres(text: string): ParseResult<PostgresUrl> {
  if (text.includes("#"))
    return {
      problem:
        "contains a #. In a user name or password, write # as %23, for example postgres://wa_token:50%23@db.example.com/wa_token. Anywhere else, remove it.",
    };
  const invalid = (what: string): ParseResult<PostgresUrl> => ({ problem: `${what}, for example ${EXAMPLE}.` });
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined)
    return invalid("must be a URL (in a user name or password write @ as %40, : as %3A, / as %2F, ? as %3F, % as %25)");
  const host = url.hostname.replace(/^\[(.+)\]$/, "$1");
  const [user, password, database] = [url.username, url.password, url.pathname.slice(1)].map(decoded);
  if (user === undefined || password === undefined || database === undefined)
    return {
      problem:
        "has a % that is not followed by two hexadecimal digits. Write % as %25, for example postgres://wa_token:50%25@db.example.com/wa_token.",
    };
  if (host === "" || user === "" || database === "" || database.includes("/"))
    return invalid("must name a user, a host and a database");
  if ([host, user, database].some(containsTokenShape))
    return invalid("contains something that looks like a token. Set it to a URL");
  const tls = readTls(url);
  if ("problem" in tls) return tls;
  const port = url.port === "" ? 5432 : Number(url.port);
  return {
    value: {
      kind: "postgres",
      host,
      port,
      database,
      user,
      password: password === "" ? undefined : new Secret(password),
      ...tls.value,
    },
  };
}
