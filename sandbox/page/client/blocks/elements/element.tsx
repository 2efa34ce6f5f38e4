import type { ElementProps } from "../surface.ts";
import { Button } from "./button.tsx";
import { Choices } from "./choices.tsx";
import type { FieldProps } from "./field-props.ts";
import { Overflow } from "./overflow.tsx";
import { StaticSelect } from "./static-select.tsx";
import { TextInput } from "./text-input.tsx";

/** An element that sends an action at once. */
export function ActionElement(props: ElementProps) {
  switch (props.element["type"]) {
    case "button":
      return <Button {...props} />;
    case "static_select":
      return <StaticSelect {...props} />;
    case "overflow":
      return <Overflow {...props} />;
    case "radio_buttons":
    case "checkboxes":
      return <Choices {...props} />;
    default:
      return <Unknown element={props.element} />;
  }
}

/** An element that keeps its value until the form is submitted. */
export function FieldElement(props: FieldProps) {
  switch (props.element["type"]) {
    case "plain_text_input":
    case "email_text_input":
    case "url_text_input":
    case "number_input":
      return <TextInput {...props} />;
    case "static_select":
      return <StaticSelect {...props} field={props} />;
    case "radio_buttons":
    case "checkboxes":
      return <Choices {...props} field={props} />;
    default:
      return <Unknown element={props.element} />;
  }
}

function Unknown({ element }: Pick<ElementProps, "element">) {
  return <p className="pg-unknown">This page cannot show this element: {String(element["type"])}.</p>;
}
