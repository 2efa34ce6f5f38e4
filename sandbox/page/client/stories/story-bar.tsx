import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import type { StoryView } from "../../protocol/story-view.ts";
import { useOpenDialog } from "../modal/use-open-dialog.ts";
import { usePage } from "../state/use-page.ts";
import { usePress } from "../state/use-press.ts";
import { useRequest } from "../state/use-request.ts";
import { useLook } from "./use-look.ts";

/** The caption of the current story. */
export function StoryBar() {
  const { stream } = usePage();
  const playing = stream.story?.playing ?? null;
  useLook(playing);
  // A modal makes everything else inert, so the story's buttons move into the modal.
  const dialog = useOpenDialog();
  if (playing === null) return null;
  const bar = <Caption playing={playing} />;
  return dialog === null ? bar : createPortal(bar, dialog);
}

function Caption({ playing }: { readonly playing: NonNullable<StoryView["playing"]> }) {
  const ask = useRequest();
  const { busy, press } = usePress();
  const { title, step, steps, caption, paused, ended } = playing;
  const bar = useRef<HTMLElement>(null);
  // The panel with the pressed "Play" button is gone, so the story's buttons must be next in the focus order.
  useEffect(() => {
    if (document.activeElement === document.body) bar.current?.focus();
  }, []);
  return (
    <section ref={bar} tabIndex={-1} className="st-bar" aria-label={`Story: ${title}`}>
      <div className="st-words">
        <p className="st-title">
          {title} {step === 0 && !ended ? null : <span>{ended ? "The end" : `${step} of ${steps}`}</span>}
        </p>
        <p className="st-caption" aria-live="polite">
          {caption}
        </p>
      </div>
      <div className="st-buttons">
        {ended ? null : (
          <button
            type="button"
            aria-disabled={busy}
            onClick={() => press(() => ask("/api/story/pause", { paused: !paused }))}
          >
            {paused ? "Resume" : "Pause"}
          </button>
        )}
        <button type="button" aria-disabled={busy} onClick={() => press(() => ask("/api/story/stop", {}))}>
          {ended ? "Close" : "Stop"}
        </button>
      </div>
    </section>
  );
}
