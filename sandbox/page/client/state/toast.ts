/** A short word to the person at the page's edge. */
export interface Toast {
  readonly id: string;
  /** `slack`: what Slack says to this person. `refused`: what Slack said to the bot. `page`: what the page says. */
  readonly kind: "slack" | "refused" | "page";
  readonly text: string;
}

export const pairKey = (kind: string, id: string | number): string => `${kind}:${id}`;
