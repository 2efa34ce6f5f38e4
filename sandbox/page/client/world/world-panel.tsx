import { usePage } from "../state/use-page.ts";
import { usePress } from "../state/use-press.ts";
import { useRequest } from "../state/use-request.ts";
import { FaultSwitches } from "./fault-switches.tsx";
import { TokenCard } from "./token-card.tsx";
import { VERB_WORDS } from "./words.ts";

/** Everything outside the bot: the tokens at Meta, and the state of the services. */
export function WorldPanel() {
  const ask = useRequest();
  const { busy, press } = usePress();
  const { world, timeline, story } = usePage().stream;
  if (world === undefined) return null;
  const disabled = story?.playing !== undefined && story.playing !== null && !story.playing.ended;
  const knownOf = (watch: string): string | undefined => timeline?.lanes.find((lane) => lane.watch === watch)?.state;
  return (
    <div className="wd-panel">
      <p className="wd-small">
        The bot checks every token once per hour. It notices your changes at its next check: press <b>+1 hour</b> below.
      </p>
      <p className="wd-small">
        To fix a token, press <b>{VERB_WORDS.rotate}</b>, then <b>Check now</b> on the alert.
      </p>
      <section aria-label="Tokens">
        {world.tokens.map((token) => (
          <TokenCard key={token.watch} token={token} known={knownOf(token.watch)} disabled={disabled} />
        ))}
      </section>
      <section aria-label="Faults" className="wd-faults">
        <FaultSwitches faults={world.faults} disabled={disabled} />
      </section>
      <button
        type="button"
        className="pg-button"
        disabled={disabled}
        aria-busy={busy}
        aria-disabled={busy}
        onClick={() => press(() => ask("/api/world/reset", {}))}
      >
        Reset the world and start again
      </button>
    </div>
  );
}
