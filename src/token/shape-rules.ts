import { containsTokenShape } from "./shape.ts";

export type ShapeKind =
  | "header"
  | "bearer"
  | "json"
  | "url"
  | "reference"
  | "assignment"
  | "quotes"
  | "masked"
  | "instagram"
  | "threads"
  | "slack"
  | "app_token"
  | "id"
  | "jwt"
  | "base64"
  | "escaped"
  | "trailing"
  | "invisible"
  | "space"
  | "short";

/** A shape that no access token has, and the words for it. */
export interface ShapeRule {
  readonly kind: ShapeKind;
  readonly matches: (value: string) => boolean;
  /** A sentence without its full stop; it never repeats the value. */
  readonly looks: (value: string) => string;
}

/** Any quotation mark: straight, backtick, acute, typographic, angle. */
const QUOTES = "\"'`\u00b4\u2018-\u201f\u00ab\u00bb\u2039\u203a";

/** One pair of quotation marks around a whole text, also two that do not match. */
export const QUOTED = new RegExp(`^[${QUOTES}]([^]*)[${QUOTES}]$`);

export const BEARER = /^bearer\s+/i;

/** `NAME=value`, also exported; what follows matters, because a token could end in `=` as base64 does. */
export const ASSIGNMENT = /^(?:export\s+|set\s+|\$env:)?[A-Za-z_]\w{0,63}\s*=\s*(?=[^\s=])/;

/** Meta calls tokens opaque, so only what is certainly not one is refused; an unknown prefix is not. */
const SHORTEST = 50;

/** The ways in which platforms write "the secret of this name", all of them seen where the secret should have been. */
const REFERENCES: readonly RegExp[] = [
  // ${X}, $(command) and {{ X }}, wherever they stand.
  /\$\{|\$\(|\{\{/,
  // $X, %X%, #{X}, <%= X %>, <X>.
  /^\$[A-Za-z_][\w:]*$|^%[A-Za-z_]\w*%$|^#\{|^<[^<>]*>$/,
  // Tags of YAML: !secret x, !Ref x, !vault |.
  /^![A-Za-z]/,
  // Stores of secrets, and values that only their program can decrypt.
  /^(?:arn|vault|encrypted|ssm|sm|secretsmanager|keyvault|kms|sops|doppler|akv|env|file|dotenv|exec):/i,
  /^@Microsoft\.KeyVault\(|^projects\/[^/]+\/secrets\/|^ENC[[(]|^\{cipher\}|^\$ANSIBLE_VAULT|^-----BEGIN /,
  // op://vault/item, awssm://name, ref+vault://path.
  /^[a-z][\w+.-]*:\/\//i,
];

/** The first match names the value: what stands around a token comes before what is wrong inside it. */
export const SHAPE_RULES: readonly ShapeRule[] = [
  {
    kind: "header",
    matches: like(/^(?:-H\s*)?["'`]?authorization["'`]?\s*[:=]/i),
    looks: says("It looks like an Authorization header"),
  },
  {
    kind: "bearer",
    matches: like(/^["'`]?bearer(?:[\s:+]|%20)/i),
    looks: says("It begins with the word Bearer, like the value of an Authorization header"),
  },
  {
    kind: "json",
    matches: like(/^\{\s*(?:["'}]|\n)|^\[\s*["'{\]]|^["'][\w.-]+["']\s*:/),
    looks: says("It looks like JSON"),
  },
  {
    kind: "url",
    matches: like(/^(?:https?|wss?|ftp):\/\/|^(?:www|graph)\.[\w-]+\.|[?&]\w+=/i),
    looks: says("It looks like a web address (URL)"),
  },
  {
    kind: "reference",
    matches: (value) => REFERENCES.some((pattern) => pattern.test(value)),
    looks: says("It looks like a reference to a secret, not like the secret itself"),
  },
  {
    kind: "assignment",
    matches: like(ASSIGNMENT),
    looks: says("It begins with a name and an equals sign, like a line of a .env file"),
  },
  {
    kind: "assignment",
    matches: like(/^[A-Za-z_][\w.-]{0,63}\s*:\s+\S/),
    looks: says("It begins with a name and a colon, like a line of a YAML file"),
  },
  { kind: "quotes", matches: like(new RegExp(`[${QUOTES}]`)), looks: says("It has quotation marks") },
  {
    kind: "masked",
    matches: like(
      /\u2026|\.{3}|\*{3}|[\u2022\u25cf\u00b7\u2219\u25aa\u2588]{2}|\[(?:redacted|secret|hidden|masked)\]/i,
    ),
    looks: says("It looks masked: dots, stars or a word hide a part of it"),
  },
  {
    kind: "instagram",
    matches: like(/^IGAA/),
    looks: says("It looks like an Instagram token, which the WhatsApp API does not take"),
  },
  {
    kind: "threads",
    matches: like(/^THAA/),
    looks: says("It looks like a Threads token, which the WhatsApp API does not take"),
  },
  {
    kind: "slack",
    matches: like(/^x(?:ox[a-z]|app)[-.]/),
    looks: says("It looks like a Slack token, which the WhatsApp API does not take"),
  },
  {
    kind: "app_token",
    matches: like(/^\d+(?:\||%7C)/i),
    looks: says("It looks like an app token (app id and secret), not an access token of a system user"),
  },
  {
    kind: "id",
    matches: like(/^\d+$/),
    looks: says("It looks like an id: digits only. A token has letters and digits"),
  },
  {
    kind: "jwt",
    matches: like(/^eyJ/),
    looks: says("It begins with eyJ, like a JWT or base64 of JSON, which the WhatsApp API does not take"),
  },
  { kind: "base64", matches: isBase64, looks: says("It looks like base64 of a token, not like the token itself") },
  {
    kind: "escaped",
    matches: like(/\\[nrt]|%[0-9A-F]{2}/i),
    looks: says(String.raw`It has a written-out escape such as \n or %0A, where a line break was`),
  },
  { kind: "trailing", matches: like(/[,;]$/), looks: says("It ends with a comma or semicolon") },
  {
    kind: "invisible",
    // White space is another matter; U+2800 is a blank that Unicode counts as a symbol.
    matches: like(/[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]|(?!\s)\p{Cc}/u),
    looks: says("It has an invisible character"),
  },
  { kind: "space", matches: like(/\s/), looks: says("It has a space or line break inside") },
  {
    kind: "short",
    matches: (value) => value.length < SHORTEST,
    looks: (value) => `It is too short to be a token: ${value.length} characters`,
  },
];

function says(sentence: string): ShapeRule["looks"] {
  return () => sentence;
}

function like(pattern: RegExp): ShapeRule["matches"] {
  return (value) => pattern.test(value);
}

/** Base64 of text that holds a token, in either alphabet, also with line breaks; `RUFB` is `EAA`. */
function isBase64(value: string): boolean {
  const text = value.replaceAll(/\s+/g, "").replace(/={1,2}$/, "");
  if (!/^[\w+/-]+$/.test(text) || text.length % 4 === 1) return false;
  if (text.startsWith("RUFB")) return true;
  const decoded = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return /^[\t\n\r -~]+$/.test(decoded) && containsTokenShape(decoded);
}
