import { createContext, use } from "react";
import type { JsonObject } from "../../../slack/json.ts";
import type { FieldInput, Place } from "../../protocol/requests.ts";

export type FieldValue = FieldInput["value"];

/** The fields of an open modal. */
export interface Form {
  readonly value: (blockId: string, actionId: string) => FieldValue;
  readonly change: (input: FieldInput) => void;
  /** Drops what the person typed into a field, so that the server's value shows. */
  readonly forget: (blockId: string, actionId: string) => void;
  /** Sends the current values to the server, so that they are still there when the viewer leaves and comes back. */
  readonly keep: () => void;
  /** The error of this block's field; undefined when there is none. */
  readonly error: (blockId: string) => string | undefined;
}

/** The place of blocks, and the functions that handle actions in them. */
export interface Surface {
  readonly place: Place;
  /**
   * Sends a pressed button, or the chosen value, to the bot. Resolves when the request has finished, successfully or
   * not.
   */
  readonly act: (blockId: string, actionId: string, value?: FieldValue) => Promise<void>;
  /** Undefined outside modals. */
  readonly form: Form | undefined;
}

export const SurfaceContext = createContext<Surface | undefined>(undefined);

export function useSurface(): Surface {
  const surface = use(SurfaceContext);
  if (surface === undefined) throw new Error("These blocks are not inside a surface.");
  return surface;
}

/** An interactive element and the block that contains it. */
export interface ElementProps {
  readonly blockId: string;
  readonly element: JsonObject;
}
