import { asString } from "../../../../slack/json.ts";
import type { ElementProps } from "../surface.ts";
import { wordsOf } from "../words.ts";
import { useElement } from "./use-element.ts";

/** A button. A button with a URL also opens it, as in Slack. */
export function Button(props: ElementProps) {
  const { act, busy, dialog } = useElement(props);
  const { text, url, style, accessibility_label: label, action_id: action } = props.element;
  const address = asString(url);
  const look = {
    className: "pg-button",
    "data-style": asString(style),
    "aria-label": asString(label),
    "data-action": asString(action),
  };
  return (
    <>
      {address === undefined ? (
        <button type="button" {...look} aria-busy={busy} aria-disabled={busy} onClick={() => act()}>
          {wordsOf(text)}
        </button>
      ) : (
        <a {...look} href={address} target="_blank" rel="noopener noreferrer" onClick={() => act()}>
          {wordsOf(text)}
        </a>
      )}
      {dialog}
    </>
  );
}
