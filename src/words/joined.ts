import { bold, rich, type Span, type Spans } from "../guide/rich-text.ts";

/** Parts of one line with a dot between them; empty parts are left out. */
export function dotted(...parts: readonly Spans[]): Spans {
  const said = parts.filter((spans) => spans.length > 0);
  return said.flatMap((spans, index) => (index === 0 ? spans : [...rich` · `, ...spans]));
}

/** The same spans with a capital first letter, where they begin with a text. */
export function capital([first, ...rest]: Spans): Spans {
  if (first === undefined) return [];
  return [first.kind === "text" ? upper(first) : first, ...rest];
}

/** The same spans with their texts in bold, side by side as one. */
export function strong(spans: Spans): Spans {
  return spans.reduce<readonly Span[]>((done, span) => {
    if (span.kind !== "text") return [...done, span];
    // Two bold texts side by side would show their markup.
    const last = done.at(-1);
    return last?.kind === "bold" ? [...done.slice(0, -1), bold(last.text + span.text)] : [...done, bold(span.text)];
  }, []);
}

function upper(span: Extract<Span, { readonly text: string }>): Span {
  return { ...span, text: `${span.text.slice(0, 1).toUpperCase()}${span.text.slice(1)}` };
}
