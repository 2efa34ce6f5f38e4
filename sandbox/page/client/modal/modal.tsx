import { useMemo } from "react";
import type { ModalView } from "../../protocol/slack-snapshot.ts";
import { Blocks } from "../blocks/blocks.tsx";
import { type Surface, SurfaceContext } from "../blocks/surface.ts";
import { wordsOf } from "../blocks/words.ts";
import { SampleTokens } from "../samples/sample-tokens.tsx";
import { usePress } from "../state/use-press.ts";
import { useRequest } from "../state/use-request.ts";
import { Dialog } from "./dialog.tsx";
import { useForm } from "./use-form.ts";

/** A modal of the bot. Presses and values in it are sent to the bot. */
export function Modal({ modal }: { readonly modal: ModalView }) {
  const ask = useRequest();
  const { form, fields } = useForm(modal);
  const { busy, press } = usePress();
  const closing = usePress();
  const { id: viewId, title, submit, close, hash, depth } = modal;

  const surface = useMemo((): Surface => {
    const place = { kind: "modal", viewId } as const;
    return {
      place,
      form,
      act: async (blockId, actionId, value) => {
        await ask("/api/action", { place, blockId, actionId, value, fields: fields() });
      },
    };
  }, [ask, fields, form, viewId]);
  const send = (): void => press(() => ask("/api/submit", { viewId, fields: fields() }));
  const leave = (all: boolean): void => closing.press(() => ask("/api/close", { viewId, all }));

  return (
    <Dialog
      title={title}
      version={hash}
      page={announcement(modal)}
      onClose={() => leave(false)}
      onCross={() => leave(true)}
      foot={
        <>
          <button type="button" className="pg-button" aria-disabled={closing.busy} onClick={() => leave(false)}>
            {close}
          </button>
          {submit === null ? null : (
            <button
              type="submit"
              form={viewId}
              className="pg-button"
              data-style="primary"
              aria-busy={busy}
              aria-disabled={busy}
            >
              {submit}
            </button>
          )}
        </>
      }
    >
      <p className="pg-hidden" role="status">
        {announcement(modal)}
      </p>
      <form
        id={viewId}
        data-depth={depth}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (submit !== null) send();
        }}
      >
        <SurfaceContext value={surface}>
          <Blocks blocks={modal.blocks} />
        </SurfaceContext>
        <SampleTokens modal={modal} form={form} />
      </form>
    </Dialog>
  );
}

/** The text that a screen reader announces when the app changes the view: its title and its first text. */
function announcement({ title, blocks }: ModalView): string {
  const [first] = blocks.map((block) => wordsOf(block["text"])).filter((words) => words !== "");
  return first === undefined ? title : `${title}: ${first.replaceAll("*", "")}`;
}
