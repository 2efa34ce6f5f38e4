import { SHORTEST_TOKEN } from "./secret.ts";
import { containsTokenShape } from "./shape.ts";

export const SHAPE_KINDS = [
  "header",
  "bearer",
  "json",
  "url",
  "reference",
  "assignment",
  "yaml",
  "quotes",
  "masked",
  "instagram",
  "threads",
  "slack",
  "app_token",
  "id",
  "jwt",
  "base64",
  "escaped",
  "trailing",
  "invisible",
  "space",
  "short",
] as const;

export type ShapeKind = (typeof SHAPE_KINDS)[number];

/** A shape that no access token has. */
export interface ShapeRule {
  readonly kind: ShapeKind;
  readonly matches: (value: string) => boolean;
}

/** Any quotation mark: straight, backtick, acute, typographic, angle. */
const QUOTES = "\"'`\u00b4\u2018-\u201f\u00ab\u00bb\u2039\u203a";

/** A pair of quotation marks around the whole text. The two marks may differ. */
export const QUOTED = new RegExp(`^[${QUOTES}]([^]*)[${QUOTES}]$`);

export const BEARER = /^bearer\s+/i;

/**
 * `NAME=value`, also with `export`, `set` or `$env:`. A value must follow, because a token could end in `=` like
 * base64.
 */
export const ASSIGNMENT = /^(?:export\s+|set\s+|\$env:)?[A-Za-z_]\w{0,63}\s*=\s*(?=[^\s=])/;

/** The first match counts. Rules for text around a token come before rules for characters inside it. */
export const SHAPE_RULES: readonly ShapeRule[] = [
  {
    kind: "header",
    matches: like(/^(?:-H\s*)?["'`]?authorization["'`]?\s*[:=]/i),
  },
  {
    kind: "bearer",
    matches: like(/^["'`]?bearer(?:[\s:+]|%20)/i),
  },
  {
    kind: "json",
    matches: like(/^\{\s*(?:["'}]|\n)|^\[\s*["'{\]]|^["'][\w.-]+["']\s*:/),
  },
  {
    kind: "url",
    matches: like(/^(?:https?|wss?|ftp):\/\/|^(?:www|graph)\.[\w-]+\.|[?&]\w+=/i),
  },
  {
    kind: "reference",
    matches: (value) => REFERENCES.some((pattern) => pattern.test(value)),
  },
  {
    kind: "assignment",
    matches: like(ASSIGNMENT),
  },
  {
    kind: "yaml",
    matches: like(/^[A-Za-z_][\w.-]{0,63}\s*:(?:\s+\S|EAA)/),
  },
  { kind: "quotes", matches: like(new RegExp(`[${QUOTES}]`)) },
  {
    kind: "masked",
    matches: like(
      /\u2026|\.{3}|\*{3}|[\u2022\u25cf\u00b7\u2219\u25aa\u2588]{2}|\[(?:redacted|secret|hidden|masked)\]/i,
    ),
  },
  {
    kind: "instagram",
    matches: like(/^IGAA/),
  },
  {
    kind: "threads",
    matches: like(/^THAA/),
  },
  {
    kind: "slack",
    matches: like(/^x(?:ox[a-z]|app)[-.]/),
  },
  {
    kind: "app_token",
    matches: like(/^\d+(?:\||%7C)/i),
  },
  {
    kind: "id",
    matches: like(/^\d+$/),
  },
  // Base64 of JSON also begins with eyJ, but a JWT has dots.
  { kind: "base64", matches: isBase64 },
  {
    kind: "jwt",
    matches: like(/^eyJ/),
  },
  {
    kind: "escaped",
    matches: like(/\\[nrt]|%[0-9A-F]{2}/i),
  },
  { kind: "trailing", matches: like(/[,;]$/) },
  {
    kind: "invisible",
    // The `space` rule covers white space. U+2800 is a blank that Unicode counts as a symbol.
    matches: like(/[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]|(?!\s)\p{Cc}/u),
  },
  { kind: "space", matches: like(/\s/) },
  {
    kind: "short",
    // Meta calls tokens opaque, so no rule asks for a known prefix.
    matches: (value) => value.length < SHORTEST_TOKEN,
  },
];

/**
 * References to a secret, as platforms write them. Each form has been seen where the secret itself should have been.
 */
const REFERENCES: readonly RegExp[] = [
  // ${X}, $(command) and {{ X }}, anywhere in the value.
  /\$\{|\$\(|\{\{/,
  // $X, %X%, #{X}, <%= X %>, <X>.
  /^\$[A-Za-z_][\w:]*$|^%[A-Za-z_]\w*%$|^#\{|^<[^<>]*>$/,
  // YAML tags: !secret x, !Ref x, !vault |.
  /^![A-Za-z]/,
  // Secret stores, and values that only their own program can decrypt.
  /^(?:arn|vault|encrypted|ssm|sm|secretsmanager|keyvault|kms|sops|doppler|akv|env|file|dotenv|exec):/i,
  /^(?:aws|azure|gcp|hashicorp|k8s|kubernetes|secret|secretref|keyring|keychain|keytar|infisical|bitwarden|1password|dapr):/i,
  /^@Microsoft\.\w+\(|^projects\/[^/]+\/secrets\/|^ENC[[(]|^\{cipher\}|^\$ANSIBLE_VAULT|^-----BEGIN /,
  // op://vault/item, awssm://name, ref+vault://path.
  /^[a-z][\w+.-]*:\/\//i,
];

function like(pattern: RegExp): ShapeRule["matches"] {
  return (value) => pattern.test(value);
}

/** Base64 of a text that contains a token, in either alphabet, also with line breaks. `RUFB` is `EAA` in base64. */
function isBase64(value: string): boolean {
  const text = value.replaceAll(/\s+/g, "").replace(/={1,2}$/, "");
  if (!/^[\w+/-]+$/.test(text) || text.length % 4 === 1) return false;
  if (text.startsWith("RUFB")) return true;
  const decoded = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return /^[\t\n\r -~]+$/.test(decoded) && containsTokenShape(decoded);
}
