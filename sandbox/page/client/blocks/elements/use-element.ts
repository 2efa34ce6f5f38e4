import { type ReactNode, useState } from "react";
import { asString, isObject, type JsonObject } from "../../../../slack/json.ts";
import { usePress } from "../../state/use-press.ts";
import { type ElementProps, type FieldValue, useSurface } from "../surface.ts";
import { confirmDialog } from "./confirm-dialog.tsx";

/** The shared behaviour of all elements that send an action at once. */
export function useElement({ blockId, element }: ElementProps): ElementUse {
  const surface = useSurface();
  const { busy, press } = usePress();
  const [asking, setAsking] = useState<{ readonly value: FieldValue | undefined }>();
  const actionId = asString(element["action_id"]) ?? "";
  const confirm: JsonObject | undefined = isObject(element["confirm"]) ? element["confirm"] : undefined;

  const send = (value: FieldValue | undefined): void => {
    setAsking(undefined);
    press(() => surface.act(blockId, actionId, value));
  };
  return {
    busy,
    act: (value) => {
      if (busy) return;
      if (confirm === undefined) send(value);
      else setAsking({ value });
    },
    dialog:
      confirm === undefined || asking === undefined
        ? null
        : confirmDialog({ confirm, onYes: () => send(asking.value), onNo: () => setAsking(undefined) }),
  };
}

interface ElementUse {
  /** Sends the action to the bot, after the confirm dialog if there is one. */
  readonly act: (value?: FieldValue) => void;
  /** The action is in progress. A second press would send a second action. */
  readonly busy: boolean;
  /** The confirm dialog, which the element must render. */
  readonly dialog: ReactNode;
}
