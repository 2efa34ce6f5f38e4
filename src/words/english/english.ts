import { states } from "./states.ts";

/** The product's sentences in English. */
export const english = { states };
