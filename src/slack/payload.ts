const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** A field of a payload as it came off the wire; undefined wherever the path ends early. */
export const fieldOf = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (holder, key) => (isRecord(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined),
    value,
  );

/** The same, as a text that is not empty. */
export const textOf = (value: unknown, ...path: readonly string[]): string | undefined => {
  const found = fieldOf(value, ...path);
  return typeof found === "string" && found !== "" ? found : undefined;
};

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  isRecord(value) ? Object.entries(value) : [];

/** What stands in the fields of a submitted view: `state.values[blockId][actionId]`. */
export const fieldValues = (
  view: unknown,
): readonly { readonly blockId: string; readonly value: string | undefined }[] =>
  entriesOf(fieldOf(view, "state", "values")).flatMap(([blockId, elements]) =>
    entriesOf(elements).map(([, element]) => ({
      blockId,
      value: textOf(element, "value") ?? textOf(element, "selected_option", "value"),
    })),
  );
