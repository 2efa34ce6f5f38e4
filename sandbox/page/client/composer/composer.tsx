import { type KeyboardEvent, useId, useState } from "react";
import type { ConversationView } from "../../protocol/slack-snapshot.ts";
import { COMMAND } from "../../protocol/command.ts";
import { Icon } from "../layout/icon.tsx";
import { usePage, useSlack, useStore } from "../state/use-page.ts";
import { useRequest } from "../state/use-request.ts";
import { CompletionList } from "./completion-list.tsx";
import { completionsFor, isWhole } from "./completions.ts";

/** The field for commands. It sends no ordinary messages, because the bot does not read them. */
export function Composer({ conversation }: { readonly conversation: ConversationView }) {
  const { watches } = useSlack();
  const { say, get, change } = useStore();
  const { drafts } = usePage();
  const ask = useRequest();
  const listId = useId();
  const { name } = conversation;
  const text = drafts[name] ?? "";
  const setText = (next: string): void => change({ drafts: { ...get().drafts, [name]: next } });
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState<number>();

  const found = open ? completionsFor(text, watches) : [];
  // The first completion is selected by default, unless the typed text is already a complete command.
  const index = active ?? (isWhole(text) ? -1 : 0);
  const chosen = found[index];

  const type = (next: string): void => {
    setText(next);
    setActive(undefined);
    setOpen(true);
  };
  const send = (): void => {
    const line = text.trim();
    if (line === "") return;
    const [command = "", ...words] = line.split(/\s+/);
    if (command !== COMMAND) return say({ kind: "page", text: command.startsWith("/") ? unknown(command) : HINT });
    setText("");
    setOpen(false);
    void ask("/api/command", { channel: conversation.id, text: words.join(" ") });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key } = event;
    if (key === "Escape") return setOpen(false);
    if ((key === "ArrowDown" || key === "ArrowUp") && found.length > 0) {
      event.preventDefault();
      const step = key === "ArrowDown" ? 1 : -1;
      return setActive((Math.max(index, step === 1 ? -1 : 0) + step + found.length) % found.length);
    }
    if (key !== "Enter" && key !== "Tab") return;
    if (chosen !== undefined && chosen.text.trim() !== text.trim()) {
      event.preventDefault();
      return type(chosen.text);
    }
    if (key === "Enter") {
      event.preventDefault();
      send();
    }
  };

  return (
    <div className="pg-composer">
      {found.length === 0 ? null : (
        <CompletionList id={listId} completions={found} active={index} onTake={(completion) => type(completion.text)} />
      )}
      <input
        type="text"
        role="combobox"
        aria-label={`Command line of ${name}`}
        aria-autocomplete="list"
        aria-expanded={found.length > 0}
        aria-controls={listId}
        aria-activedescendant={chosen === undefined ? undefined : `${listId}-${index}`}
        placeholder={`Type / for commands in #${name}`}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={({ target }) => type(target.value)}
        onBlur={() => setOpen(false)}
        onFocus={() => setOpen(text !== "")}
        onKeyDown={onKeyDown}
      />
      <button type="button" className="pg-icon pg-send" aria-label="Send" disabled={text.trim() === ""} onClick={send}>
        <Icon name="send" />
      </button>
    </div>
  );
}

function unknown(command: string): string {
  return `“${command}” is not a command here. Try “${COMMAND} help”.`;
}

const HINT = `The bot does not read messages. Type a command, for example “${COMMAND} guide”.`;
