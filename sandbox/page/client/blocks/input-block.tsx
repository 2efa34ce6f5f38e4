import { useId } from "react";
import { isObject, type JsonObject } from "../../../slack/json.ts";
import { FieldElement } from "./elements/element.tsx";
import { useSurface } from "./surface.ts";
import { wordsOf } from "./words.ts";

/** A field of a form, with its label, value, hint and error. */
export function InputBlock({ block }: { readonly block: JsonObject }) {
  const id = useId();
  const { form } = useSurface();
  const blockId = String(block["block_id"]);
  const [hint, error] = [wordsOf(block["hint"]), form?.error(blockId)];
  const optional = block["optional"] === true;
  const described = [...(error === undefined ? [] : [`${id}-error`]), ...(hint === "" ? [] : [`${id}-hint`])];
  return (
    <div className="pg-input" data-wrong={error !== undefined}>
      <p className="pg-label" id={`${id}-label`}>
        {wordsOf(block["label"])} {optional ? <span>(optional)</span> : null}
      </p>
      <FieldElement
        blockId={blockId}
        element={isObject(block["element"]) ? block["element"] : {}}
        labelledBy={`${id}-label`}
        describedBy={described.join(" ")}
        wrong={error !== undefined}
        optional={optional}
      />
      {error === undefined ? null : (
        <p className="pg-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {hint === "" ? null : (
        <p className="pg-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
