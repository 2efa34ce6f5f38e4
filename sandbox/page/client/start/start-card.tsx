import { useId } from "react";
import { Icon } from "../layout/icon.tsx";
import { usePage } from "../state/use-page.ts";
import { useThings } from "./use-things.ts";

/** The card that tells a newcomer what to try. It goes away when it is used; a reset of the world brings it back. */
export function StartCard() {
  const { stream } = usePage();
  const { things, dismiss } = useThings();
  const id = useId();
  if (stream.start?.shown !== true) return null;
  const { lanes = [] } = stream.timeline ?? {};
  const isFlying = stream.time?.running !== null;
  return (
    <section className="sc-card" aria-labelledby={id}>
      <header>
        <h3 id={id}>Start here</h3>
        <button type="button" className="pg-icon" aria-label="Close “Start here”" onClick={dismiss}>
          <Icon name="close" />
        </button>
      </header>
      <p>
        This is a small Slack with a real bot in it. The bot watches {lanes.length} WhatsApp tokens.
        {lanes.every(({ state }) => state === "healthy") ? " All of them are healthy." : ""}
      </p>
      <ol>
        {things.map(({ title, what, start }) => (
          <li key={title}>
            <button type="button" disabled={isFlying} onClick={start}>
              <b>{title}</b>
              <span>{what}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
