import { Secret } from "../token/secret.ts";
import { containsTokenShape } from "../token/shape.ts";
import type { Reading } from "./field.ts";
import { type Problem, shown, shownPath } from "./problem.ts";
import { cannotBeRead, type ReadFile } from "./secret-files.ts";
import { isLoopback } from "./url-fields.ts";

interface SqliteUrl {
  readonly kind: "sqlite";
  readonly path: string;
}

interface PostgresUrl {
  readonly kind: "postgres";
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: Secret | undefined;
  readonly tls: "disable" | "require" | "verify-full";
  /** The file with the certificates to believe; undefined: those that everybody believes. */
  readonly caPath: string | undefined;
}

export type DatabaseUrl = SqliteUrl | PostgresUrl;

const EXAMPLE = "postgres://wa_token@db.example.com/wa_token";
const TLS_MODES = ["disable", "require", "verify-full"] as const;
const PARAMETERS = ["sslmode", "sslrootcert"];

const readSqlite = (text: string): Reading<SqliteUrl> => {
  if (/^sqlite:.*:memory:/i.test(text))
    return {
      problem:
        "must name a file: a database in memory forgets every alert at the end. Write for example sqlite:./data/wa-token.db.",
    };
  if (/^sqlite:[^?]*\?/i.test(text))
    return { problem: "has a ? behind sqlite:, and the path takes no settings. Take out the ? and what follows it." };
  if (/^sqlite:(?:\/\/)?file:/i.test(text))
    return { problem: "has file: behind sqlite:, and a path is enough there, for example sqlite:./data/wa-token.db." };
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/i.exec(text)?.[1];
  return path === undefined || path.startsWith("//") || containsTokenShape(path)
    ? { problem: `must be sqlite: and a path, for example sqlite:./data/wa-token.db, or like ${EXAMPLE}.` }
    : { value: { kind: "sqlite", path } };
};

/** Undefined for text that was not encoded as an address wants it. */
const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return undefined;
  }
};

/**
 * How the way to the server is protected. Half measures of other programs (`prefer`, `allow`) are refused: they fall
 * back to plain text when somebody on the way asks for it.
 */
const readTls = (url: URL): Reading<Pick<PostgresUrl, "tls" | "caPath">> => {
  const unknown = [...url.searchParams.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined)
    return { problem: `has a part behind ? that is not known, ${shown(unknown)}; known are ${PARAMETERS.join(", ")}.` };
  const mode = url.searchParams.get("sslmode") ?? (isLoopback(url.hostname) ? "disable" : "verify-full");
  const tls = TLS_MODES.find((known) => known === mode);
  if (tls === undefined) return { problem: `has an sslmode that is not one of ${TLS_MODES.join(", ")}.` };
  const caPath = url.searchParams.get("sslrootcert") ?? undefined;
  return caPath !== undefined && tls !== "verify-full"
    ? { problem: "has sslrootcert, which is used with sslmode=verify-full only. Change the one or take out the other." }
    : { value: { tls, caPath } };
};

const readPostgres = (text: string): Reading<PostgresUrl> => {
  const bad = (what: string): Reading<PostgresUrl> => ({ problem: `${what}, for example ${EXAMPLE}.` });
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hash !== "")
    return bad(
      "must be an address (in a user name or password write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23, % as %25)",
    );
  const host = url.hostname.replace(/^\[(.+)\]$/, "$1");
  const [user, password, database] = [url.username, url.password, url.pathname.slice(1)].map(decoded);
  if (user === undefined || password === undefined || database === undefined)
    return bad("has a % that is not followed by two hexadecimal digits; write % as %25");
  if (host === "" || user === "" || database === "" || database.includes("/"))
    return bad("must name a user, a host and a database");
  if ([host, user, database].some(containsTokenShape))
    return bad("holds something that looks like a token, which does not belong there; it must be an address");
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
};

/** Never repeats an address: one of a database server can hold a password. */
export const readDatabaseUrl = (text: string): Reading<DatabaseUrl> =>
  /^postgres(ql)?:/i.test(text) ? readPostgres(text) : readSqlite(text);

export interface Certificates {
  /** PEM; undefined when none were asked for. */
  readonly ca: string | undefined;
  readonly problems: readonly Problem[];
}

/** Reads the file that `sslrootcert` of DATABASE_URL names. */
export const readCertificates = (text: string, readFile: ReadFile): Certificates => {
  const reading = readDatabaseUrl(text);
  const path = "value" in reading && reading.value.kind === "postgres" ? reading.value.caPath : undefined;
  if (path === undefined) return { ca: undefined, problems: [] };
  const bad = (what: string): Certificates => ({
    ca: undefined,
    problems: [{ name: "DATABASE_URL", message: `DATABASE_URL: the file ${shownPath(path)} of sslrootcert ${what}` }],
  });
  try {
    const ca = readFile(path);
    return ca.includes("-----BEGIN CERTIFICATE-----")
      ? { ca, problems: [] }
      : bad("holds no certificate. It must begin with -----BEGIN CERTIFICATE-----.");
  } catch (error) {
    return bad(cannotBeRead(error));
  }
};
