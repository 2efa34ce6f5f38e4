/** A field of an untrusted payload; undefined when any part of the path is missing. */
export function fieldOf(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (holder, key) => (isRecord(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined),
    value,
  );
}

/** The field as text; undefined when it is empty or not text. */
export function textOf(value: unknown, ...path: readonly string[]): string | undefined {
  const found = fieldOf(value, ...path);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** The fields of a submitted view, from `state.values[blockId][actionId]`. */
export function fieldValues(
  view: unknown,
): readonly { readonly blockId: string; readonly value: string | undefined }[] {
  return entriesOf(fieldOf(view, "state", "values")).flatMap(([blockId, elements]) =>
    entriesOf(elements).map(([, element]) => ({
      blockId,
      value:
        textOf(element, "value") ??
        textOf(element, "selected_option", "value") ??
        textOf(element, "selected_options", "0", "value"),
    })),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isRecord(value) ? Object.entries(value) : [];
}
