import { type ReactNode, useEffect, useId, useRef } from "react";
import { Icon } from "../layout/icon.tsx";
import { useKeptFocus } from "../state/use-kept-focus.ts";

export interface DialogProps {
  readonly title: string;
  readonly small?: boolean;
  /** Called for Escape, and for the cross unless `onCross` is set. */
  readonly onClose: () => void;
  readonly onCross?: () => void;
  readonly foot?: ReactNode;
  /** Changes when the content is rendered again. */
  readonly version?: string;
  readonly children: ReactNode;
}

/** A dialog above the page. The browser keeps the focus inside and returns it when the dialog closes. */
export function Dialog({
  title,
  small = false,
  onClose,
  onCross = onClose,
  foot,
  version = "",
  children,
}: DialogProps) {
  const id = useId();
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = box.current;
    if (dialog === null) return;
    dialog.showModal();
    focusInside(dialog);
    return () => dialog.close();
  }, []);
  useKeptFocus(box, version, () => {
    if (box.current !== null) focusInside(box.current);
  });
  return (
    <dialog
      ref={box}
      className="pg-dialog"
      data-small={small}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        // A dialog inside this one handles its own cancel event.
        if (event.target === box.current) onClose();
      }}
    >
      <header>
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className="pg-icon" aria-label={`Close ${title}`} onClick={onCross}>
          <Icon name="close" />
        </button>
      </header>
      <div className="pg-dialog-body">{children}</div>
      {foot === undefined ? null : <footer>{foot}</footer>}
    </dialog>
  );
}

const FIELDS = "input, textarea, [role=combobox]";

/** Focuses the first field, otherwise the heading, so that a screen reader continues there. */
function focusInside(dialog: HTMLDialogElement): void {
  const target =
    dialog.querySelector<HTMLElement>(`.pg-dialog-body :is(${FIELDS})`) ?? dialog.querySelector<HTMLElement>("h2");
  target?.focus();
}
