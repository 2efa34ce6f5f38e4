import type { Lookup } from "../../../../sandbox/demo/terminal/mrkdwn.ts";
import { textOf, type Line } from "../../../../sandbox/demo/terminal/span.ts";

/** Lines as plain text. */
export const rows = (lines: readonly Line[]): readonly string[] => lines.map((line) => textOf(line).trimEnd());

/** One line with its looks: "plain|bold:loud". */
export const looks = (line: Line | undefined): string =>
  (line ?? []).map((span) => [...span.looks, span.text].join(":")).join("|");

export const lookup: Lookup = {
  userName: (id) => ({ U1: "robin", UBOT: "wa-token" })[id],
  channelName: (id) => ({ C1: "wa-alerts" })[id],
  now: new Date("2026-11-22T08:00:00Z"),
};
