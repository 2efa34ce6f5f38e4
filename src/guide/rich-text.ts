/** A run of characters with one look. `text` is always literal: a renderer escapes it and never interprets it. */
export type Span =
  /** `label`: a button, menu or field, exactly as the page shows it. */
  | { readonly kind: "text" | "bold" | "code" | "label"; readonly text: string }
  /** A command without the name of the product. Each renderer adds the name as people type it. */
  | { readonly kind: "command"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly url: string }
  /** A point in time. Each renderer uses the time zone of the reader, if it knows that zone. */
  | { readonly kind: "date"; readonly at: Date }
  /** A person, user group or channel by Slack ID. In a posted Slack message, a `person` span notifies the person. */
  | { readonly kind: "person" | "channel"; readonly id: string };

export type Spans = readonly Span[];

/** One item of a list. `bullets` are sub-points. `codeblock` is on its own line below the item. */
export interface ListItem {
  readonly spans: Spans;
  readonly bullets?: readonly Spans[];
  readonly codeblock?: string;
}

export type Part =
  | { readonly kind: "paragraph"; readonly spans: Spans }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly ListItem[] }
  | { readonly kind: "table"; readonly header: readonly Spans[]; readonly rows: readonly (readonly Spans[])[] };

export function bold(text: string): Span {
  return { kind: "bold", text };
}

export function code(text: string): Span {
  return { kind: "code", text };
}

export function label(text: string): Span {
  return { kind: "label", text };
}

export function command(text: string): Span {
  return { kind: "command", text };
}

export function link(text: string, url: string): Span {
  return { kind: "link", text, url };
}

export function date(at: Date): Span {
  return { kind: "date", at };
}

export function person(id: string): Span {
  return { kind: "person", id };
}

export function channel(id: string): Span {
  return { kind: "channel", id };
}

/** Template tag that builds spans: rich`Click ${label("Add")}.` A string value becomes literal text. */
export function rich(strings: TemplateStringsArray, ...values: readonly (Span | Spans | string)[]): Spans {
  return strings.flatMap((literal, index) => [...asSpans(literal), ...asSpans(values[index] ?? "")]);
}

export function paragraph(spans: Spans): Part {
  return { kind: "paragraph", spans };
}

/** A numbered list of actions in this order. */
export function steps(...items: readonly (ListItem | Spans)[]): Part {
  return { kind: "list", ordered: true, items: items.map(asItem) };
}

export function bullets(...items: readonly (ListItem | Spans)[]): Part {
  return { kind: "list", ordered: false, items: items.map(asItem) };
}

function asSpans(value: Span | Spans | string): Spans {
  if (typeof value === "string") return value === "" ? [] : [{ kind: "text", text: value }];
  return isSpan(value) ? [value] : value;
}

function isSpan(value: Span | Spans): value is Span {
  return "kind" in value;
}

function asItem(item: ListItem | Spans): ListItem {
  return "spans" in item ? item : { spans: item };
}
