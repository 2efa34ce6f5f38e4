import { QUOTED } from "../../token/secret/shape-rules.ts";

/**
 * A watch's name without the characters that Slack and people put around it: quotes of any kind, backticks, bold and
 * strike signs, and Slack's markup for links and channels (formatting message text, docs.slack.dev, read 2026-11). No
 * watch name contains these characters.
 */
export function bareName(text: string): string {
  let name = text.replaceAll(/&(lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity);
  for (let layer = 0; layer < MOST_LAYERS; layer += 1) {
    const inner = unwrap(name.replaceAll(INVISIBLE, "").trim());
    if (inner === name) break;
    name = inner;
  }
  return name;
}

const ENTITIES: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

const MOST_LAYERS = 8;

function unwrap(text: string): string {
  return ofMarkup(text) ?? QUOTED.exec(text)?.[1] ?? /^([*~])(.+)\1$/s.exec(text)?.[2] ?? text;
}

/**
 * Slack sends a name with a dot as `<https://orders.prod|orders.prod>`, and the name of a channel as `<#C1|orders>`.
 */
function ofMarkup(text: string): string | undefined {
  const inner = /^<([^<>]+)>$/.exec(text)?.[1];
  if (inner === undefined) return undefined;
  const label = inner.slice(inner.lastIndexOf("|") + 1);
  if (label !== "" && label !== inner) return label;
  // A mention of a person, channel or group without a label contains no name.
  if (/^[@#!]/.test(inner)) return undefined;
  return inner.replace(/^(?:https?:\/\/|mailto:)/, "").replace(/\/$/, "");
}
