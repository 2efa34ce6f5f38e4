import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { Icon } from "../layout/icon.tsx";
import { useOpenDialog } from "../modal/use-open-dialog.ts";
import { pairKey, type Toast } from "../state/toast.ts";
import { usePage, useSlack, useStore } from "../state/use-page.ts";

export function Toasts() {
  useNews();
  const { toasts } = usePage();
  const dialog = useOpenDialog();
  const box = useRef<HTMLDivElement>(null);
  // Showing the popover again puts it above a dialog that was opened in the meantime.
  useEffect(() => {
    box.current?.hidePopover();
    box.current?.showPopover();
  }, [toasts, dialog]);
  const lines = (
    <div ref={box} className="pg-toasts" role="status" popover="manual">
      {toasts.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </div>
  );
  // Outside an open dialog, a toast could be neither dismissed nor read aloud.
  return dialog === null ? lines : createPortal(lines, dialog);
}

const GONE_AFTER_MS = 9000;

const SOURCES: Readonly<Record<Toast["kind"], string>> = {
  slack: "Slack",
  refused: "Slack refused a request of the bot",
  page: "Playground",
};

/** Shows what is new since the page was opened: Slack's messages to this person, and refused requests. */
function useNews(): void {
  const { viewer, notices, refusals } = useSlack();
  const { say } = useStore();
  const known = useRef<Set<string> | undefined>(undefined);
  const viewerId = useRef(viewer.id);
  useEffect(() => {
    const mine = notices.map((notice) => ({
      kind: "slack" as const,
      key: pairKey(viewer.id, notice.id),
      text: notice.text,
    }));
    const theirs = refusals.map(({ id, method, error }) => ({
      kind: "refused" as const,
      key: pairKey("refused", id),
      text: `${method}: ${error}`,
    }));
    const before = viewerId.current === viewer.id ? known.current : undefined;
    viewerId.current = viewer.id;
    for (const { kind, key, text } of [...mine, ...theirs])
      if (before !== undefined && !before.has(key)) say({ kind, text });
    known.current = new Set([...mine, ...theirs].map(({ key }) => key));
  }, [viewer.id, notices, refusals, say]);
}

function ToastLine({ toast }: { readonly toast: Toast }) {
  const { dismiss } = useStore();
  useEffect(() => {
    if (toast.kind === "refused") return;
    const timer = setTimeout(() => dismiss(toast.id), GONE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [dismiss, toast.id, toast.kind]);
  return (
    <div className="pg-toast" data-kind={toast.kind}>
      <p>
        <b>{SOURCES[toast.kind]}</b>
        {toast.text}
      </p>
      <button type="button" className="pg-icon" aria-label="Dismiss" onClick={() => dismiss(toast.id)}>
        <Icon name="close" />
      </button>
    </div>
  );
}
