import { SAMPLE_WATCH, SAMPLES } from "../../protocol/sample-requests.ts";
import type { ModalView } from "../../protocol/slack-snapshot.ts";
import type { Form } from "../blocks/surface.ts";
import { usePress } from "../state/use-press.ts";
import { useRequest } from "../state/use-request.ts";
import { SAMPLE_WORDS } from "./words.ts";

/** Buttons of the playground that fill the token field of the bot's check form. Slack has nothing like them. */
export function SampleTokens({ modal, form }: SampleTokensProps) {
  const ask = useRequest();
  const { busy, press } = usePress();
  const { id: viewId, tokenField, watchField } = modal;
  if (tokenField === null) return null;
  const { blockId, actionId } = tokenField;
  const watch = watchField === null ? undefined : form.value(watchField.blockId, watchField.actionId);
  const hasWatch = typeof watch === "string";
  return (
    <fieldset className="sm-samples">
      <legend>
        Playground: fill in a sample token{watchField === null ? "" : ` for ${hasWatch ? watch : SAMPLE_WATCH}`}
      </legend>
      {SAMPLES.map((kind) => (
        <button
          key={kind}
          type="button"
          aria-disabled={busy}
          onClick={() =>
            press(async () => {
              // A typed text would cover the sample.
              form.forget(blockId, actionId);
              if (watchField !== null && !hasWatch) form.forget(watchField.blockId, watchField.actionId);
              await ask("/api/sample", { viewId, kind });
            })
          }
        >
          {SAMPLE_WORDS[kind]}
        </button>
      ))}
    </fieldset>
  );
}

interface SampleTokensProps {
  readonly modal: ModalView;
  readonly form: Form;
}
