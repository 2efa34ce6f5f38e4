import type { ReactNode } from "react";
import { asString, type JsonObject } from "../../../../slack/json.ts";
import { Dialog } from "../../modal/dialog.tsx";
import { LibraryBlocks } from "../library-blocks.tsx";
import { wordsOf } from "../words.ts";

/** The dialog that asks for confirmation before an action, with the texts of the element's confirm object. */
export function confirmDialog({ confirm, onYes, onNo }: ConfirmOptions): ReactNode {
  return (
    <Dialog
      title={wordsOf(confirm["title"])}
      small
      onClose={onNo}
      foot={
        <>
          <button type="button" className="pg-button" onClick={onNo}>
            {wordsOf(confirm["deny"])}
          </button>
          <button
            type="button"
            className="pg-button"
            data-style={asString(confirm["style"]) === "danger" ? "danger" : "primary"}
            onClick={onYes}
          >
            {wordsOf(confirm["confirm"])}
          </button>
        </>
      }
    >
      <LibraryBlocks blocks={[{ type: "section", text: confirm["text"] }]} />
    </Dialog>
  );
}

interface ConfirmOptions {
  readonly confirm: JsonObject;
  readonly onYes: () => void;
  readonly onNo: () => void;
}
