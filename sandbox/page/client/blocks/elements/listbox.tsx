import { useEffect, useId, useRef, useState } from "react";
import { Icon } from "../../layout/icon.tsx";
import type { Option } from "../words.ts";
import { stepOf } from "./listbox-keys.ts";
import { useFloating } from "./use-floating.ts";

/**
 * A select with its own list. In some native selects, the arrow keys choose an option. Here a choice may act at once,
 * so the arrow keys only move.
 */
export function Listbox({ options, value, placeholder, onChoose, onLeave, labels, action }: ListboxProps) {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const face = useRef<HTMLButtonElement>(null);
  const [active, setActive] = useState<number>();
  const chosen = options.findIndex((option) => option.value === value);
  const text = options[chosen]?.text ?? placeholder;
  const open = active !== undefined;

  useFloating(face, list, open);
  useEffect(() => {
    list.current?.children[active ?? 0]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const choose = (index: number): void => {
    const option = options[index];
    setActive(undefined);
    if (option !== undefined) onChoose(option.value);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const step = stepOf(event.key, { active, chosen, texts: options.map((option) => option.text) });
    if (step === undefined) return;
    event.preventDefault();
    // Without this, Escape would also close the modal.
    event.stopPropagation();
    if (step.kind === "choose") choose(step.index);
    else if (step.kind === "move") setActive(step.index);
    else setActive(undefined);
  };

  return (
    <div className="pg-select">
      <button
        ref={face}
        type="button"
        role="combobox"
        className="pg-select-face"
        data-action={action}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open ? `${id}-${active}` : undefined}
        aria-labelledby={labels === undefined ? undefined : `${labels.labelledBy} ${id}-face`}
        aria-label={labels === undefined ? text : undefined}
        aria-describedby={labels?.describedBy}
        aria-invalid={labels?.wrong}
        data-empty={chosen === -1}
        onClick={() => (open ? setActive(undefined) : setActive(Math.max(chosen, 0)))}
        onBlur={() => {
          setActive(undefined);
          onLeave?.();
        }}
        onKeyDown={onKeyDown}
      >
        <span id={`${id}-face`}>{text}</span>
        <Icon name="chevron" />
      </button>
      {open ? (
        <ul
          ref={list}
          id={`${id}-list`}
          role="listbox"
          className="pg-options"
          popover="manual"
          aria-label={placeholder}
        >
          {options.map((option, index) => (
            <li
              key={option.value}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === chosen}
              data-active={index === active}
              // The button must keep the focus; otherwise the list would close before the click.
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setActive(index)}
              onClick={() => choose(index)}
            >
              {option.text}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

interface ListboxProps {
  readonly options: readonly Option[];
  readonly value: string | undefined;
  readonly placeholder: string;
  readonly onChoose: (value: string) => void;
  readonly onLeave?: () => void;
  readonly action: string;
  readonly labels?: { readonly labelledBy: string; readonly describedBy: string; readonly wrong: boolean };
}
