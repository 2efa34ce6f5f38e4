import { asObjects, asString, type JsonObject } from "../../../slack/json.ts";
import { Blocks } from "../blocks/blocks.tsx";

/** An attachment with its coloured bar. */
export function Attachment({ attachment }: { readonly attachment: JsonObject }) {
  const blocks = asObjects(attachment["blocks"]);
  const text = asString(attachment["text"]) ?? asString(attachment["fallback"]) ?? "";
  return (
    <div className="pg-attachment">
      <span className="pg-bar" style={{ background: colourOf(asString(attachment["color"])) }} />
      <div>
        <Blocks blocks={blocks.length === 0 ? [{ type: "section", text: { type: "mrkdwn", text } }] : blocks} />
      </div>
    </div>
  );
}

const HEX = /^#?([0-9a-f]{6})$/i;

/** Slack's named colours (secondary attachments, docs.slack.dev, read 2026-11). */
const NAMED: Readonly<Record<string, string>> = { good: "#2eb67d", warning: "#daa038", danger: "#d72b3f" };

function colourOf(colour: string | undefined): string {
  const hex = HEX.exec(colour ?? "")?.[1];
  return hex === undefined ? (NAMED[colour ?? ""] ?? "#8d8d8d") : `#${hex}`;
}
