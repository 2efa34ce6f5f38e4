import { asObjects, asString, isObject } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { checkBlocks } from "./blocks.ts";
import { checkList, checkString, lengthOf } from "./check.ts";
import type { Check, Problem } from "./check.ts";
import { tableLength } from "./tables.ts";

export interface Refusal {
  readonly error: string;
  readonly problems: readonly Problem[];
}

/**
 * The refusal that Slack would answer to a message that is posted or, with `update`, edited. An edit allows 4,000
 * characters of text instead of 40,000 (chat.update, docs.slack.dev, read 2026-11). Undefined when Slack would accept
 * the message.
 */
export function messageRefusal(message: JsonObject, kind: "post" | "update"): Refusal | undefined {
  const text = asString(message["text"]);
  if (text !== undefined && lengthOf(text) > (kind === "update" ? 4000 : 40_000)) return refused("msg_too_long");
  const markdown = asString(message["markdown_text"]);
  if (markdown !== undefined && (text !== undefined || message["blocks"] !== undefined)) {
    return refused("markdown_text_conflict");
  }
  if (markdown !== undefined && lengthOf(markdown) > 12_000) return refused("msg_too_long");
  return blocksRefusal(message) ?? attachmentsRefusal(message) ?? tablesRefusal(message);
}

/** Problems in the words of Slack's `response_metadata.messages`. */
export function problemSentences(problems: readonly Problem[]): string[] {
  return problems.map((problem) => `[ERROR] ${problem.message} [json-pointer:${problem.pointer}]`);
}

/** The blocks of a message, including those in attachments. Used to look up elements. */
export function allBlocks(message: { readonly blocks: unknown; readonly attachments: unknown }): JsonObject[] {
  return [
    ...asObjects(message.blocks),
    ...asObjects(message.attachments).flatMap((attachment) => asObjects(attachment["blocks"])),
  ];
}

/** Slack allows one table per message, attachments included (table block, docs.slack.dev, read 2026-11). */
const ONE_TABLE = "only_one_table_allowed";

/** Slack refuses blocks with more text than this. The number is not documented; users of the API observed it. */
const BLOCKS_MAX_TEXT = 13_200;

function blocksRefusal(message: JsonObject): Refusal | undefined {
  const blocks = message["blocks"];
  if (blocks === undefined || blocks === null) return undefined;
  if (!Array.isArray(blocks) || !blocks.every(isObject)) return refused("invalid_blocks_format");
  const problems = problemsOf((check) => {
    checkBlocks(check, blocks, "/blocks");
    checkSums(check, blocks);
  });
  if (problems.length > 0) return { error: "invalid_blocks", problems };
  return textLength(blocks) > BLOCKS_MAX_TEXT ? refused("msg_blocks_too_long") : undefined;
}

function attachmentsRefusal(message: JsonObject): Refusal | undefined {
  if (message["attachments"] === undefined || message["attachments"] === null) return undefined;
  const problems = problemsOf((check) =>
    checkList(check, message, "attachments", "", { min: 0, max: 100 }, (item, at) => {
      if (!isObject(item)) {
        check.problem(at, "must be an object");
        return;
      }
      checkString(check, item, "color", at, { max: 16 });
      if (item["blocks"] !== undefined) checkBlocks(check, item["blocks"], `${at}/blocks`);
    }),
  );
  if (problems.length === 0) return undefined;
  const inBlocks = problems.some((problem) => problem.pointer.includes("/blocks"));
  return { error: inBlocks ? "invalid_blocks" : "invalid_attachments", problems };
}

function tablesRefusal({ blocks, attachments }: JsonObject): Refusal | undefined {
  const tables = allBlocks({ blocks, attachments }).filter((block) => block["type"] === "table");
  return tables.length > 1 ? refused(ONE_TABLE) : undefined;
}

/** Limits for all blocks of a kind together: 12,000 characters of markdown, 10,000 in the table. */
function checkSums(check: Check, blocks: readonly JsonObject[]): void {
  const of = (kind: string): JsonObject[] => blocks.filter((block) => block["type"] === kind);
  const markdown = of("markdown").reduce((sum, block) => sum + lengthOf(asString(block["text"]) ?? ""), 0);
  if (markdown > 12_000) check.problem("/blocks", "markdown blocks hold more than 12000 characters");
  const tables = of("table").reduce((sum, block) => sum + tableLength(block), 0);
  if (tables > 10_000) check.problem("/blocks", "a table holds more than 10000 characters");
}

function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textLength(item), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === "text" && typeof item === "string" ? lengthOf(item) : textLength(item)),
    0,
  );
}

function problemsOf(run: (check: Check) => void): readonly Problem[] {
  const problems: Problem[] = [];
  run({ surface: "message", problem: (pointer, message) => problems.push({ pointer, message }) });
  return problems;
}

function refused(error: string): Refusal {
  return { error, problems: [] };
}
