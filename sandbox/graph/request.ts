/** The parts of one call. */
export interface GraphRequest {
  readonly method: string;
  /** As requested, e.g. `/v26.0/me`. */
  readonly path: string;
  /** `v26.0`, or undefined for a path without a version. */
  readonly askedVersion: string | undefined;
  /** The path without its version, e.g. `/me`. */
  readonly edge: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
}

/**
 * Splits the target of the request line into path and query. An absolute or broken target is read as far as possible.
 */
export function parseRequest(method: string, target: string, authorization: string | undefined): GraphRequest {
  const [rawPath = "/", ...rest] = target.split("?");
  const path = rawPath.length > 1 ? rawPath.replace(/\/+$/, "") : rawPath;
  const versioned = /^\/(v\d+\.\d+)(\/.*)?$/.exec(path);
  return {
    method,
    path,
    askedVersion: versioned?.[1],
    edge: versioned === null ? path : (versioned[2] ?? "/"),
    query: new URLSearchParams(rest.join("?")),
    authorization,
  };
}

/**
 * A string matches one edge, with or without a version (`/me` does not match `/me/permissions`); a RegExp is tested on
 * the path.
 */
export type PathMatcher = string | RegExp;

export function matchesPath(
  matcher: PathMatcher | undefined,
  request: { readonly path: string; readonly edge: string },
): boolean {
  if (matcher === undefined) return true;
  if (typeof matcher === "string") return matcher === request.edge || matcher === request.path;
  // search() ignores lastIndex, so a matcher with the g flag does not skip calls.
  return request.path.search(matcher) !== -1;
}
