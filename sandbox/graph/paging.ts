/** One page of a list, with Graph's cursors. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursors: { readonly before: string; readonly after: string } | undefined;
}

/** The page that `limit` and `after` select; an unreadable cursor starts at the beginning. */
export function pageOf<T>(items: readonly T[], query: URLSearchParams): Page<T> {
  const start = indexAfter(query.get("after"));
  const limit = Number(query.get("limit") ?? defaultLimit);
  const page = items.slice(start, start + (limit > 0 ? limit : defaultLimit));
  if (page.length === 0) return { items: page, cursors: undefined };
  return { items: page, cursors: { before: cursorOf(start), after: cursorOf(start + page.length - 1) } };
}

const defaultLimit = 25;

function cursorOf(index: number): string {
  return Buffer.from(`cursor:${index}`).toString("base64url");
}

function indexAfter(cursor: string | null): number {
  const index = Number(
    Buffer.from(cursor ?? "", "base64url")
      .toString()
      .replace("cursor:", ""),
  );
  return cursor !== null && Number.isInteger(index) ? index + 1 : 0;
}
