import { asString } from "../../../../slack/json.ts";
import { useSurface } from "../surface.ts";
import { wordsOf } from "../words.ts";
import type { FieldProps } from "./field-props.ts";

/** A field for one or more lines of text. Slack has no element that hides the typed text. */
export function TextInput({ blockId, element, labelledBy, describedBy, wrong }: FieldProps) {
  const { form } = useSurface();
  const actionId = asString(element["action_id"]) ?? "";
  const held = form?.value(blockId, actionId);
  const most = element["max_length"];
  const shared = {
    className: "pg-text",
    "aria-labelledby": labelledBy,
    "aria-describedby": describedBy,
    "aria-invalid": wrong,
    placeholder: wordsOf(element["placeholder"]),
    autoComplete: "off",
    spellCheck: false,
    maxLength: typeof most === "number" ? most : 3000,
    value: typeof held === "string" ? held : "",
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      form?.change({ blockId, actionId, value: target.value }),
    onBlur: () => form?.keep(),
  };
  return element["multiline"] === true ? <textarea rows={4} {...shared} /> : <input type="text" {...shared} />;
}
