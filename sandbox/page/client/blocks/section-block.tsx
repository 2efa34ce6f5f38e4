import { isObject, type JsonObject } from "../../../slack/json.ts";
import { ActionElement } from "./elements/element.tsx";
import { LibraryBlocks } from "./library-blocks.tsx";

/** A section with an interactive element next to its text. The library draws a section with an image. */
export function SectionBlock({ block }: { readonly block: JsonObject }) {
  const { accessory, ...words } = block;
  if (!isObject(accessory) || accessory["type"] === "image") return <LibraryBlocks blocks={[block]} />;
  return (
    <div className="pg-section">
      <div>
        <LibraryBlocks blocks={[words]} />
      </div>
      <ActionElement blockId={String(block["block_id"])} element={accessory} />
    </div>
  );
}
