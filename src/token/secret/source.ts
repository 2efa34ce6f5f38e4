import type { Secret } from "./secret.ts";

/** Where a deployed token is read, again at every inspection. */
export type Source =
  | { readonly kind: "env"; readonly name: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "dotenv"; readonly path: string; readonly name: string }
  | { readonly kind: "exec"; readonly argv: readonly [string, ...string[]] }
  /** The key `token` in the line of a watch, in the file of its fleet. */
  | { readonly kind: "fleet"; readonly path: string; readonly watch: string };

/** A source that people write as one text. */
export type WrittenSource = Exclude<Source, { readonly kind: "fleet" }>;

export type SourceParse =
  | { readonly ok: true; readonly source: WrittenSource }
  | { readonly ok: false; readonly problem: string };

/** Reads `env:NAME`, `file:/path`, `dotenv:/path/.env#NAME`, `exec:["cmd","arg"]`. A problem never repeats the text. */
export function parseSource(text: string): SourceParse {
  const [, scheme = "", rest = ""] = /^([a-z]+):(.*)$/s.exec(text.trim()) ?? [];
  switch (scheme) {
    case "env":
      return NAME.test(rest)
        ? { ok: true, source: { kind: "env", name: rest } }
        : bad("env: takes the name of a variable, for example env:WHATSAPP_ACCESS_TOKEN");
    case "file":
      return rest === ""
        ? bad("file: takes a path, for example file:/run/secrets/whatsapp_token")
        : { ok: true, source: { kind: "file", path: rest } };
    case "dotenv": {
      const hash = rest.lastIndexOf("#");
      const path = rest.slice(0, Math.max(hash, 0));
      const name = rest.slice(hash + 1);
      return path === "" || !NAME.test(name)
        ? bad("dotenv: takes a path and a name, for example dotenv:/srv/app/.env#WHATSAPP_ACCESS_TOKEN")
        : { ok: true, source: { kind: "dotenv", path, name } };
    }
    case "exec":
      return parseArgv(rest);
    default:
      return bad("a source starts with env:, file:, dotenv: or exec:");
  }
}

/**
 * Tells people where a token comes from. Only the name of a command is shown, because its arguments may contain a path
 * to a secret.
 */
export function describeSource(source: Source): string {
  switch (source.kind) {
    case "env":
      return `variable ${source.name}`;
    case "file":
      return `file ${source.path}`;
    case "dotenv":
      return `${source.name} in ${source.path}`;
    case "exec":
      return `command ${source.argv[0]}`;
    case "fleet":
      return `line of ${source.watch} in ${source.path}`;
  }
}

/** A secret from its source, or the reason why it could not be read. `note` says when a change needs a restart. */
export type SourceReading =
  | { readonly ok: true; readonly secret: Secret; readonly note: string | null }
  | { readonly ok: false; readonly message: string };

/**
 * Reads a source again. Does not throw when the file system or a command fails.
 * @throws {OwnTroubleError} when this process has run out of a resource
 */
export type ReadSource = (source: Source) => Promise<SourceReading>;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

function bad(problem: string): SourceParse {
  return { ok: false, problem };
}

function parseArgv(json: string): SourceParse {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return bad('exec: takes a JSON list of strings, for example exec:["vault","read","token"]');
  }
  const words = Array.isArray(value) ? value : [];
  const [command, ...rest] = words.filter((word): word is string => typeof word === "string");
  return command === undefined || command === "" || rest.length !== words.length - 1
    ? bad('exec: takes a JSON list of strings, for example exec:["vault","read","token"]')
    : { ok: true, source: { kind: "exec", argv: [command, ...rest] } };
}
