/** On a narrow screen, panels and threads cover the conversation; see layout.css. */
export function isNarrow(): boolean {
  return matchMedia("(max-width: 800px)").matches;
}
