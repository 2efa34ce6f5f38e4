/** A short message to the person at the edge of the page. */
export interface Toast {
  readonly id: string;
  /**
   * `slack`: a message of Slack to this person. `refused`: an error of Slack to the bot. `page`: a message of the
   * playground.
   */
  readonly kind: "slack" | "refused" | "page";
  readonly text: string;
}

export function pairKey(kind: string, id: string | number): string {
  return `${kind}:${id}`;
}
