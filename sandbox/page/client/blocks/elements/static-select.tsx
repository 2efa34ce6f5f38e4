import { asString, isObject } from "../../../../slack/json.ts";
import { type ElementProps, useSurface } from "../surface.ts";
import { optionsOf, wordsOf } from "../words.ts";
import type { FieldProps } from "./field-props.ts";
import { Listbox } from "./listbox.tsx";
import { useElement } from "./use-element.ts";

/** A select. It sends an action at once, or keeps the choice in its form. */
export function StaticSelect({ field, ...props }: StaticSelectProps) {
  const { form } = useSurface();
  const { act, dialog } = useElement(props);
  const { blockId, element } = props;
  const [actionId, options] = [asString(element["action_id"]) ?? "", optionsOf(element)];
  const placeholder = wordsOf(element["placeholder"]) || "Select an item";

  if (field !== undefined && form !== undefined) {
    const held = form.value(blockId, actionId);
    return (
      <Listbox
        options={field.optional ? [...options, NOTHING] : options}
        value={typeof held === "string" ? held : undefined}
        placeholder={placeholder}
        onChoose={(value) => form.change({ blockId, actionId, value: value === "" ? [] : value })}
        onLeave={form.keep}
        action={actionId}
        labels={field}
      />
    );
  }
  const initial = isObject(element["initial_option"]) ? asString(element["initial_option"]["value"]) : undefined;
  return (
    <>
      <Listbox options={options} value={initial} placeholder={placeholder} onChoose={act} action={actionId} />
      {dialog}
    </>
  );
}

interface StaticSelectProps extends ElementProps {
  /** Set when the element is in an input block. */
  readonly field?: FieldProps;
}

const NOTHING = { value: "", text: "None", description: "" };
