import { randomBytes } from "node:crypto";
import { isObject } from "./json.ts";
import type { JsonObject } from "./json.ts";

/** Adds an id to every block and interactive element without one, as Slack does. */
export function withBlockIds(blocks: unknown): unknown {
  return Array.isArray(blocks) ? blocks.map((block) => (isObject(block) ? blockWithIds(block) : block)) : blocks;
}

/** The same for all blocks of a message, including those in its attachments. */
export function withMessageIds(message: JsonObject): JsonObject {
  const attachments = message["attachments"];
  return {
    ...message,
    ...(message["blocks"] === undefined ? {} : { blocks: withBlockIds(message["blocks"]) }),
    ...(Array.isArray(attachments) ? { attachments: attachments.map(attachmentWithIds) } : {}),
  };
}

function attachmentWithIds(attachment: unknown): unknown {
  if (!isObject(attachment) || attachment["blocks"] === undefined) return attachment;
  return { ...attachment, blocks: withBlockIds(attachment["blocks"]) };
}

function blockWithIds(block: JsonObject): JsonObject {
  const withId = { ...block, block_id: block["block_id"] ?? newId() };
  if (block["type"] === "actions" && Array.isArray(block["elements"])) {
    return { ...withId, elements: block["elements"].map(elementWithId) };
  }
  if (block["type"] === "input") return { ...withId, element: elementWithId(block["element"]) };
  if (block["accessory"] !== undefined) return { ...withId, accessory: elementWithId(block["accessory"]) };
  return withId;
}

function elementWithId(element: unknown): unknown {
  if (!isObject(element) || element["type"] === "image") return element;
  return { ...element, action_id: element["action_id"] ?? newId() };
}

function newId(): string {
  return randomBytes(4).toString("base64url").slice(0, 5);
}
