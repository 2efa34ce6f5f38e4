import { useState } from "react";
import { Dialog } from "../modal/dialog.tsx";
import { useSlack } from "../state/use-page.ts";

/** The requests of the bot that Slack would have refused. Renders nothing when there are none. */
export function Refusals() {
  const { refusals } = useSlack();
  const [open, setOpen] = useState(false);
  if (refusals.length === 0) return null;
  return (
    <>
      <button type="button" className="pg-quiet pg-refused" onClick={() => setOpen(true)}>
        Slack refused {refusals.length}
      </button>
      {open ? (
        <Dialog title="Refused requests" onClose={() => setOpen(false)}>
          <ul className="pg-refusals">
            {refusals.map(({ id, method, error, messages }) => (
              <li key={id}>
                <b>{method}</b> <code>{error}</code>
                {messages.map((message) => (
                  <p key={message}>{message}</p>
                ))}
              </li>
            ))}
          </ul>
        </Dialog>
      ) : null}
    </>
  );
}
