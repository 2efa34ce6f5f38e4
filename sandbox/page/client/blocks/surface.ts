import { createContext, use } from "react";
import type { JsonObject } from "../../../slack/json.ts";
import type { FieldInput, Place } from "../../protocol/requests.ts";

export type FieldValue = FieldInput["value"];

/** The fields of an open modal. */
export interface Form {
  readonly value: (blockId: string, actionId: string) => FieldValue;
  readonly change: (input: FieldInput) => void;
  /** Tells the server what stands there, so that it is there still for who looks away and back. */
  readonly keep: () => void;
  /** What is wrong with the field of this block; undefined when nothing is. */
  readonly error: (blockId: string) => string | undefined;
}

/** Where blocks stand, and what becomes of what a person does in them. */
export interface Surface {
  readonly place: Place;
  /** Brings a pressed button, or the chosen value, to the bot. Resolves when that is done, well or not. */
  readonly act: (blockId: string, actionId: string, value?: FieldValue) => Promise<void>;
  /** Undefined outside of modals. */
  readonly form: Form | undefined;
}

export const SurfaceContext = createContext<Surface | undefined>(undefined);

export function useSurface(): Surface {
  const surface = use(SurfaceContext);
  if (surface === undefined) throw new Error("Blocks stand on no surface.");
  return surface;
}

/** An interactive element and the block it stands in. */
export interface ElementProps {
  readonly blockId: string;
  readonly element: JsonObject;
}
