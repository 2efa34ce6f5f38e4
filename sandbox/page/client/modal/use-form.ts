import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { FieldInput } from "../../protocol/requests.ts";
import type { ModalView } from "../../protocol/slack-snapshot.ts";
import type { FieldValue, Form } from "../blocks/surface.ts";
import { useRequest } from "../state/use-request.ts";
import { heldValue } from "./held-value.ts";

/** The fields of a modal: the server's values, with the typed ones on top. */
export function useForm({ id, hash, values, errors }: ModalView): FormUse {
  const ask = useRequest();
  const [typed, setTyped] = useState<ReadonlyMap<string, FieldInput>>(new Map());
  const latest = useRef(typed);

  const put = useCallback((next: ReadonlyMap<string, FieldInput>): void => {
    latest.current = next;
    setTyped(next);
  }, []);
  // Typed values of removed fields are forgotten, because one of them may be a token.
  useEffect(() => {
    const here = [...latest.current].filter(([, { blockId, actionId }]) => values[blockId]?.[actionId] !== undefined);
    if (here.length < latest.current.size) put(new Map(here));
  }, [hash, values, put]);

  const fields = useCallback((): FieldInput[] => [...latest.current.values()], []);
  const form = useMemo(
    (): Form => ({
      value: (blockId, actionId): FieldValue =>
        typed.get(keyOf(blockId, actionId))?.value ?? heldValue(values[blockId]?.[actionId]),
      change: (input) => put(new Map([...latest.current, [keyOf(input.blockId, input.actionId), input]])),
      forget: (blockId, actionId) => {
        const own = keyOf(blockId, actionId);
        put(new Map([...latest.current].filter(([key]) => key !== own)));
      },
      keep: () => {
        if (latest.current.size > 0) void ask("/api/fill", { viewId: id, fields: fields() });
      },
      error: (blockId) => errors[blockId],
    }),
    [ask, errors, fields, id, put, typed, values],
  );
  return { form, fields };
}

function keyOf(blockId: string, actionId: string): string {
  return JSON.stringify([blockId, actionId]);
}

interface FormUse {
  readonly form: Form;
  /** Values of the fields that the person changed. */
  readonly fields: () => FieldInput[];
}
