import { parseEnv } from "node:util";

/**
 * Sets variables in the text of a `.env` file. A line that sets a variable gets the new value, and new variables follow
 * at the end. Every other byte stays: comments, order, `export`, and the kind of line breaks. Returns undefined when
 * Node.js would not read the new text as wanted, for example after a quotation mark that is never closed.
 */
export function withVariables(text: string, changes: Readonly<Record<string, string>>): string | undefined {
  let next = text;
  for (const [name, value] of Object.entries(changes)) {
    const quoted = quote(value);
    if (quoted === undefined) return undefined;
    next = withVariable(next, name, quoted);
  }
  return isAsWanted(text, next, changes) ? next : undefined;
}

/**
 * Sets one variable that another program reads. Unlike `withVariables`, it keeps the quotation marks around the value.
 * When several lines set the variable, the last one counts; it gets the new value, and so does every line with the same
 * old value, so that no stale copy of it stays.
 */
export function withVariableKept(text: string, name: string, value: string): string | undefined {
  const spans = assignmentsIn(text).filter((one) => one.name === name);
  const last = spans.at(-1);
  const plain = quote(value);
  if (last === undefined || plain === undefined) return withVariables(text, { [name]: value });
  const old = bare(text.slice(last.start, last.end));
  let next = text;
  for (const { start, end } of spans.toReversed()) {
    const now = text.slice(start, end);
    if (bare(now) !== old) continue;
    const mark = PLAIN.test(value) && now !== bare(now) ? now.charAt(0) : "";
    next =
      mark === "" ? splice(next, start, end, plain) : `${next.slice(0, start)}${mark}${value}${mark}${next.slice(end)}`;
  }
  return isAsWanted(text, next, { [name]: value }) ? next : undefined;
}

/** The characters that shells, Docker Compose and Node.js all read as they are, without quotation marks. */
const PLAIN = /^[\w./:@%+,=-]+$/;

/**
 * Single quotes are best, because Docker Compose replaces `$NAME` in other values. Undefined: no quotation mark of the
 * format can hold the value.
 */
function quote(value: string): string | undefined {
  if (value === "" || PLAIN.test(value)) return value;
  if (/[\r\n]/.test(value)) return undefined;
  const mark = ["'", "`", '"'].find((one) => !value.includes(one));
  // Node.js reads \n between double quotes as a line break.
  return mark === undefined || (mark === '"' && value.includes("\\")) ? undefined : `${mark}${value}${mark}`;
}

/** The place of a value in the text, without the space before it and the comment behind it. */
interface Span {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const ASSIGNMENT = /[^\S\n]*(?:export[^\S\n]+)?([^\s=#]+)[^\S\n]*=[^\S\n]*/y;
const UNQUOTED = /[^\n#]*/y;

/** Finds every assignment. A value in quotation marks can have several lines, whose text is no assignment. */
function assignmentsIn(text: string): readonly Span[] {
  const spans: Span[] = [];
  let position = text.startsWith("\uFEFF") ? 1 : 0;
  while (position < text.length) {
    ASSIGNMENT.lastIndex = position;
    const found = ASSIGNMENT.exec(text);
    let after = position;
    if (found !== null) {
      const start = ASSIGNMENT.lastIndex;
      const end = endOfValue(text, start);
      spans.push({ name: found[1] ?? "", start, end });
      after = end;
    }
    const lineBreak = text.indexOf("\n", after);
    position = lineBreak < 0 ? text.length : lineBreak + 1;
  }
  return spans;
}

function endOfValue(text: string, start: number): number {
  const mark = text.charAt(start);
  const close = mark !== "" && "\"'`".includes(mark) ? text.indexOf(mark, start + 1) : -1;
  if (close >= 0) return close + 1;
  UNQUOTED.lastIndex = start;
  return start + (UNQUOTED.exec(text)?.[0].trimEnd().length ?? 0);
}

/** When several lines set the variable, the last one counts. */
function withVariable(text: string, name: string, quoted: string): string {
  const span = assignmentsIn(text).findLast((one) => one.name === name);
  if (span !== undefined) return splice(text, span.start, span.end, quoted);
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const before = text === "" || text === "\uFEFF" || text.endsWith("\n") ? text : `${text}${lineBreak}`;
  return `${before}${name}=${quoted}${lineBreak}`;
}

function splice(text: string, start: number, end: number, quoted: string): string {
  const rest = text.slice(end);
  // A comment needs a space before it. Otherwise it would become part of the value.
  return `${text.slice(0, start)}${quoted}${rest.startsWith("#") ? " " : ""}${rest}`;
}

/** The text between quotation marks, or the text itself. */
function bare(text: string): string {
  return /^(["'`])([^]*)\1$/.exec(text)?.[2] ?? text;
}

function isAsWanted(before: string, after: string, changes: Readonly<Record<string, string>>): boolean {
  const wanted = { ...variablesIn(before), ...changes };
  const read = variablesIn(after);
  const names = Object.keys(wanted);
  return names.length === Object.keys(read).length && names.every((name) => wanted[name] === read[name]);
}

/** As this bot reads the file, which drops a byte order mark. */
function variablesIn(text: string): NodeJS.Dict<string> {
  return parseEnv(text.replace(/^\uFEFF/, ""));
}
