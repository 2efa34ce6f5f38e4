/** What a list of watches shows. */
export interface StatusQuery {
  /** `open`: only watches with an open alert. */
  readonly which: "all" | "open";
  /** Only watches whose name contains this text. */
  readonly part?: string | undefined;
  /** The place of the last watch of the page before, and the number of watches on all pages before. */
  readonly after?: string | undefined;
  readonly before?: number;
}

/** The query as the value of a button. Slack takes 2,000 characters. */
export function writeQuery({ which, part, after, before = 0 }: StatusQuery): string {
  return new URLSearchParams({
    which,
    ...(part === undefined ? {} : { part }),
    ...(after === undefined ? {} : { after, before: String(before) }),
  }).toString();
}

/** Reads any text; an unknown one is the query of the whole list. */
export function readQuery(text: string | undefined): StatusQuery {
  const fields = new URLSearchParams(text ?? "");
  const before = Number(fields.get("before") ?? 0);
  return {
    which: fields.get("which") === "open" ? "open" : "all",
    part: fields.get("part") ?? undefined,
    after: fields.get("after") ?? undefined,
    before: Number.isSafeInteger(before) && before > 0 ? before : 0,
  };
}
