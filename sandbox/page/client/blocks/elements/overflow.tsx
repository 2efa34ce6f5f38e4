import { useRef, useState } from "react";
import type { ElementProps } from "../surface.ts";
import { optionsOf } from "../words.ts";
import { useElement } from "./use-element.ts";
import { useFloating } from "./use-floating.ts";

export function Overflow(props: ElementProps) {
  const { act, dialog } = useElement(props);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLUListElement>(null);
  useFloating(button, list, open);
  const close = (): void => setOpen(false);
  return (
    <div className="pg-select" role="presentation" onKeyDown={({ key }) => (key === "Escape" ? close() : undefined)}>
      <button
        ref={button}
        type="button"
        className="pg-button"
        aria-label="More actions"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        ⋯
      </button>
      {open ? (
        <ul ref={list} className="pg-options" popover="manual">
          {optionsOf(props.element).map(({ value, text }) => (
            <li key={value}>
              <button
                type="button"
                onClick={() => {
                  close();
                  act(value);
                }}
              >
                {text}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {dialog}
    </div>
  );
}
