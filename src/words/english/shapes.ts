import { code, rich, type Spans } from "../../guide/rich-text.ts";
import type { Place, ShapeProblem } from "../../token/secret/shape-problem.ts";
import type { ShapeKind } from "../../token/secret/shape-rules.ts";
import { coded } from "../values.ts";

/** Texts for values that cannot be a token: the kind of value, and how to replace it with the bare token. */
export const shapes = {
  /** A sentence that never repeats the value. */
  looks({ shape, length }: ShapeProblem): Spans {
    return shape === "short" && length !== undefined
      ? rich`${LOOKS.short}: ${String(length)} characters.`
      : rich`${LOOKS[shape]}.`;
  },

  /** Steps of one or two sentences each. */
  remedy(problem: ShapeProblem): readonly Spans[] {
    return [keepOnly(PARTS[problem.shape] ?? "the token of your system user", problem.place), ...more(problem)];
  },
};

const LOOKS: Readonly<Record<ShapeKind, string>> = {
  header: "It looks like an Authorization header",
  bearer: "It begins with the word Bearer, like the value of an Authorization header",
  json: "It looks like JSON",
  url: "It looks like a web address (URL)",
  reference: "It looks like a reference to a secret, not like the secret itself",
  assignment: "It begins with a name and an equals sign, like a line of a .env file",
  yaml: "It begins with a name and a colon, like a line of a YAML file",
  quotes: "It has quotation marks",
  masked: "It looks masked: dots, stars or a word hide a part of it",
  instagram: "It looks like an Instagram token, which the WhatsApp API does not accept",
  threads: "It looks like a Threads token, which the WhatsApp API does not accept",
  slack: "It looks like a Slack token, which the WhatsApp API does not accept",
  app_token: "It looks like an app token (app ID and secret), not an access token of a system user",
  id: "It looks like an ID: digits only. A token has letters and digits",
  jwt: "It begins with eyJ, like a JWT or base64 of JSON, which the WhatsApp API does not accept",
  base64: "It looks like base64 of a token, not like the token itself",
  escaped: String.raw`It has a written-out escape such as \n or %0A, where a line break was`,
  trailing: "It ends with a comma or semicolon",
  invisible: "It has an invisible character",
  space: "It has a space or line break inside",
  short: "It is too short to be a token",
};

const AFTER_BEARER = "the part after Bearer";
const AFTER_NAME = "the part after the name";

/** The part of the value to keep. Other kinds have no useful part. */
const PARTS: Readonly<Partial<Record<ShapeKind, string>>> = {
  header: AFTER_BEARER,
  bearer: AFTER_BEARER,
  json: "the value of one key",
  url: "the value of access_token",
  reference: "the secret itself",
  assignment: AFTER_NAME,
  yaml: AFTER_NAME,
  quotes: "the token, without quotation marks",
  masked: "the whole token",
  base64: "the decoded token",
  escaped: "the token, without the escape",
  trailing: "the token, without that character",
  invisible: "a fresh copy of the token",
  space: "the token, in one piece",
  short: "the whole token",
};

function keepOnly(part: string, place: Place | null): Spans {
  switch (place?.kind) {
    case undefined:
      return rich`Paste only ${part}.`;
    case "env":
      return rich`Set ${coded(place.name)} to ${part}, and nothing else.`;
    case "file":
      return rich`In ${coded(place.path)}, store only ${part}.`;
    case "dotenv":
      return rich`In ${coded(place.path)}, write only ${part} after ${coded(`${place.name}=`)}.`;
    case "exec":
      return rich`Change the command so that it prints only ${part}.`;
    case "fleet":
      return rich`In ${coded(place.path)}, write only ${part} as ${code("token")} in the line of ${coded(place.watch)}.`;
  }
}

/** Further help: a command that extracts the token, or the place where Meta shows the token. */
function more({ shape, place, filter }: ShapeProblem): readonly Spans[] {
  switch (shape) {
    case "json":
      return oneKey(filter, place);
    case "base64":
      return [decoded(place)];
    case "reference":
      return [
        place === null
          ? rich`Look up the secret on the platform that uses the reference.`
          : rich`Let your platform put the secret there, or read it with an ${code("exec:")} source that prints it.`,
      ];
    case "masked":
    case "invisible":
    case "space":
    case "short":
      return [rich`Generate a new token if you do not have it: Meta shows a token only once.`];
    case "instagram":
    case "threads":
    case "slack":
    case "app_token":
    case "id":
    case "jwt":
      return [rich`Generate it in Business Settings, at Users > System users.`];
    default:
      return [];
  }
}

/** An `exec:` source with its command as a JSON array. */
function execSource(...argv: readonly string[]): Spans {
  return rich`${coded(`exec:${JSON.stringify(argv)}`, 200)}`;
}

function oneKey(found: string | undefined, place: Place | null): readonly Spans[] {
  const filter = found ?? ".KEY";
  switch (place?.kind) {
    case "file":
      return [rich`Or take one key out with the source ${execSource("jq", "-er", filter, place.path)}.`];
    case "exec": {
      const quoted = /^[\w.]+$/.test(filter) ? filter : `'${filter}'`;
      return [rich`For example, pipe its output through ${coded(`jq -er ${quoted}`)}.`];
    }
    default:
      return found === undefined ? [] : [rich`The token is at ${coded(found)}.`];
  }
}

function decoded(place: Place | null): Spans {
  switch (place?.kind) {
    case "file":
      return rich`Or decode it with the source ${execSource("base64", "-d", place.path)}.`;
    case "exec":
      return rich`For example, pipe its output through ${code("base64 -d")}.`;
    default:
      return rich`Decode it with ${code("base64 -d")}.`;
  }
}
