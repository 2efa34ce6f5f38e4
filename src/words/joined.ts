import { bold, rich, type Span, type Spans } from "../guide/rich-text.ts";

/** Parts of one line with a dot between them, without empty parts. */
export function dotted(...parts: readonly Spans[]): Spans {
  const said = parts.filter((spans) => spans.length > 0);
  return said.flatMap((spans, index) => (index === 0 ? spans : [...rich` · `, ...spans]));
}

/** Spans with a capital first letter, if they begin with text. */
export function capital([first, ...rest]: Spans): Spans {
  if (first === undefined) return [];
  return [first.kind === "text" ? upper(first) : first, ...rest];
}

/** Spans with their texts in bold. Adjacent texts become one span. */
export function strong(spans: Spans): Spans {
  return spans.reduce<readonly Span[]>((done, span) => {
    if (span.kind !== "text") return [...done, span];
    // Slack would show the markup between two adjacent bold texts.
    const last = done.at(-1);
    return last?.kind === "bold" ? [...done.slice(0, -1), bold(last.text + span.text)] : [...done, bold(span.text)];
  }, []);
}

function upper(span: Extract<Span, { readonly text: string }>): Span {
  return { ...span, text: `${span.text.slice(0, 1).toUpperCase()}${span.text.slice(1)}` };
}
