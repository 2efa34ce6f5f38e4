import { useId } from "react";
import { type AppView, TOKEN_VERBS, type TokenState, type TokenView } from "../../protocol/world-view.ts";
import { usePress } from "../state/use-press.ts";
import { useRequest } from "../state/use-request.ts";
import { momentOf } from "../time/dates.ts";
import { troublesOf, VERB_WORDS } from "./words.ts";

/** The real state of one deployed token, and the actions on it. */
export function TokenCard({ token, known, disabled }: TokenCardProps) {
  const ask = useRequest();
  const { busy, press } = usePress();
  const id = useId();
  const { watch, kind, channel, owner, consumers, state, possible, undo, app } = token;
  const troubles = troublesOf(token);
  return (
    <article className="wd-token" aria-labelledby={id} data-state={state}>
      <header>
        <h3 id={id}>{watch}</h3>
        <span className="wd-kind">{kind}</span>
      </header>
      <p className="wd-truth">
        <b>{endOf(token)}</b>
        {troubles.length === 0 ? null : `; ${troubles.join("; ")}`}
      </p>
      <p className="wd-small">
        The bot reports <b data-state={known}>{known ?? "nothing yet"}</b>. Alerts go to #{channel}.
        {owner === null ? "" : ` Owner: ${owner}.`} Used by {consumers.join(", ")}.
      </p>
      {app === null ? null : (
        <p className="wd-small wd-app">
          Its app started at {momentOf(app.startedAt)} and uses the{" "}
          {app.current ? "deployed" : <b data-state={oldState(app)}>old</b>} token (…{app.tail}).
          {app.standing === "alive" ? "" : " This token no longer works."}
        </p>
      )}
      <div className="wd-verbs">
        {TOKEN_VERBS.map((verb) => {
          const idle = disabled || busy || !possible.includes(verb);
          return (
            <button
              key={verb}
              type="button"
              aria-label={`${VERB_WORDS[verb]}: ${watch}`}
              aria-disabled={idle}
              onClick={() => {
                if (!idle) press(() => ask("/api/world/token", { watch, verb }));
              }}
            >
              {VERB_WORDS[verb]}
            </button>
          );
        })}
        {app === null ? null : (
          <button
            type="button"
            aria-label={`Restart the app: ${watch}`}
            aria-disabled={disabled || busy}
            onClick={() => {
              if (!disabled && !busy) press(() => ask("/api/world/restart", { watch }));
            }}
          >
            Restart the app
          </button>
        )}
        <button
          type="button"
          className="wd-undo"
          aria-label={undo === null ? `Undo: ${watch}` : `Undo “${VERB_WORDS[undo]}”: ${watch}`}
          aria-disabled={disabled || busy || undo === null}
          onClick={() => {
            if (!disabled && undo !== null) press(() => ask("/api/world/undo", { watch }));
          }}
        >
          {undo === null ? "Undo" : `Undo “${VERB_WORDS[undo]}”`}
        </button>
      </div>
    </article>
  );
}

interface TokenCardProps {
  readonly token: TokenView;
  /** The bot's last verdict as one word; undefined before the first check. */
  readonly known: string | undefined;
  readonly disabled: boolean;
}

/** The colour of an old token: the app needs a restart while it works, and cannot send after its end. */
function oldState({ standing }: AppView): TokenState {
  return standing === "alive" ? "expiring" : standing;
}

function endOf({ standing, endsAt }: TokenView): string {
  if (standing === "revoked") return "Revoked";
  if (endsAt === null) return "Valid, never expires";
  return standing === "expired" ? `Expired ${momentOf(endsAt)} UTC` : `Valid until ${momentOf(endsAt)} UTC`;
}
