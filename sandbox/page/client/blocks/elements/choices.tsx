import { useId, useState } from "react";
import { asString } from "../../../../slack/json.ts";
import { type ElementProps, type FieldValue, useSurface } from "../surface.ts";
import { optionsOf } from "../words.ts";
import type { FieldProps } from "./field-props.ts";
import { useElement } from "./use-element.ts";

/** Radio buttons or checkboxes. They send an action at once, or keep the choice in their form. */
export function Choices({ field, ...props }: ChoicesProps) {
  const name = useId();
  const { form } = useSurface();
  const { act, dialog } = useElement(props);
  const [shown, setShown] = useState<readonly string[]>([]);
  const { blockId, element } = props;
  const [actionId, many] = [asString(element["action_id"]) ?? "", element["type"] === "checkboxes"];
  const chosen = field !== undefined && form !== undefined ? listOf(form.value(blockId, actionId)) : shown;

  const choose = (value: string, on: boolean): void => {
    const rest = chosen.filter((other) => other !== value);
    const next = many ? (on ? [...rest, value] : rest) : value;
    if (field !== undefined && form !== undefined) return form.change({ blockId, actionId, value: [...listOf(next)] });
    setShown(listOf(next));
    act(typeof next === "string" ? next : [...next]);
  };
  return (
    <div
      className="pg-choices"
      role={many ? "group" : "radiogroup"}
      aria-labelledby={field?.labelledBy}
      aria-describedby={field?.describedBy}
      aria-invalid={many ? undefined : field?.wrong}
      onBlur={form?.keep}
    >
      {optionsOf(element).map(({ value, text, description }) => (
        <label key={value}>
          <input
            type={many ? "checkbox" : "radio"}
            name={name}
            checked={chosen.includes(value)}
            onChange={({ target }) => choose(value, target.checked)}
          />
          <span>
            {text}
            {description === "" ? null : <small>{description}</small>}
          </span>
        </label>
      ))}
      {dialog}
    </div>
  );
}

interface ChoicesProps extends ElementProps {
  /** Set when the element is in an input block. */
  readonly field?: FieldProps;
}

function listOf(value: FieldValue): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
