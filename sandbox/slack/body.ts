import type { IncomingMessage } from "node:http";
import { isObject, parseJson } from "./json.ts";
import type { JsonObject } from "./json.ts";

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

/** The arguments of a Web API call from its JSON body, form body or query. Invalid JSON text stays text. */
export function parseArgs(contentType: string, body: string, query: URLSearchParams): JsonObject {
  if (contentType.includes("application/json")) {
    const parsed = parseJson(body);
    return isObject(parsed) ? unpacked(parsed) : {};
  }
  return unpacked({ ...Object.fromEntries(query), ...Object.fromEntries(new URLSearchParams(body)) });
}

/** Arguments that a form contains as JSON text. */
const JSON_ARGS = ["blocks", "attachments", "metadata", "view", "unfurls"];

function unpacked(args: JsonObject): JsonObject {
  const result: JsonObject = { ...args };
  for (const key of JSON_ARGS) {
    const value = result[key];
    if (typeof value === "string") result[key] = parseJson(value) ?? value;
  }
  for (const [key, value] of Object.entries(result)) {
    if (value === "true" && key !== "text") result[key] = true;
    if (value === "false" && key !== "text") result[key] = false;
  }
  return result;
}
