import { asObjects, type JsonObject } from "../../../slack/json.ts";
import { ActionElement } from "./elements/element.tsx";

export function ActionsBlock({ block }: { readonly block: JsonObject }) {
  const blockId = String(block["block_id"]);
  return (
    <div className="pg-actions">
      {asObjects(block["elements"]).map((element) => (
        <ActionElement key={String(element["action_id"])} blockId={blockId} element={element} />
      ))}
    </div>
  );
}
