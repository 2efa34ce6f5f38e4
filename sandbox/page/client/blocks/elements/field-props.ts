import type { ElementProps } from "../surface.ts";

/** A field knows who names it, what explains it and whether it is wrong. */
export interface FieldProps extends ElementProps {
  readonly labelledBy: string;
  readonly describedBy: string;
  readonly wrong: boolean;
  readonly optional: boolean;
}
