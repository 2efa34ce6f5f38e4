/** A panel covers the conversation on a screen of this width; see widths.css. */
export function panelCovers(): boolean {
  return matchMedia("(max-width: 1000px)").matches;
}

/** A thread also covers the conversation on this one; see layout.css. */
export function threadCovers(): boolean {
  return matchMedia("(max-width: 800px)").matches;
}
