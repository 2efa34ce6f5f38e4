import { createPaint, type Paint } from "../../src/cli/paint.ts";

/** A pipe, or a terminal without colours, of this width. */
export const plain = (columns: number): { readonly paint: Paint; readonly columns: number } => ({
  paint: (_style, text) => text,
  columns,
});

/** A terminal with colours, of this width. */
export const coloured = (columns: number): { readonly paint: Paint; readonly columns: number } => ({
  paint: createPaint({ isTty: true }, {}),
  columns,
});
