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
  /** Changes when the content is another page. The new page opens at its top. */
  readonly page?: string;
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
  page = "",
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
  // After the focus has moved, because the browser scrolls to it.
  useEffect(() => {
    box.current?.querySelector(".pg-dialog-body")?.scrollTo({ top: 0 });
  }, [page]);
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

const FIELD = ".pg-dialog-body :is(input, textarea, [role=combobox])";

/**
 * Focuses the first field of a form. Anywhere else it focuses the heading, because the selects of a page that people
 * read are below its text, and the browser would scroll to them.
 */
function focusInside(dialog: HTMLDialogElement): void {
  const isForm = dialog.querySelector("footer [type=submit]") !== null;
  const field = isForm ? dialog.querySelector<HTMLElement>(FIELD) : null;
  (field ?? dialog.querySelector<HTMLElement>("h2"))?.focus();
}
