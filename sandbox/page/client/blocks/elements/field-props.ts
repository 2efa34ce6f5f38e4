import type { ElementProps } from "../surface.ts";

/** The ids of a field's label and description, and whether its value is wrong. */
export interface FieldProps extends ElementProps {
  readonly labelledBy: string;
  readonly describedBy: string;
  readonly wrong: boolean;
  readonly optional: boolean;
}
