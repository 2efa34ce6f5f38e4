import { isObject, type JsonObject } from "../../../slack/json.ts";
import { ActionElement } from "./elements/element.tsx";
import { LibraryBlocks } from "./library-blocks.tsx";

/** A section with something to press beside its words; an image stays with the library. */
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
