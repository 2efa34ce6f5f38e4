/** The connection to the proxy itself failed; `cause` has the reason. */
export class ProxyError extends Error {
  override readonly name = "ProxyError";
  readonly code = "PROXY";
  /** Host and port, without user name and password. */
  readonly proxy: string;

  constructor(proxy: string, cause: unknown) {
    super(`The proxy ${proxy} could not be reached`, { cause });
    this.proxy = proxy;
  }
}

/**
 * Explains on one line why a request got no answer: a code such as `ECONNRESET`, the proxy if the proxy failed, and the
 * next step if an operator must act. Without a code, it uses the error's name. It never uses the error's message, which
 * could contain the URL.
 */
export function causeOf(error: unknown): string {
  const cause = bareCauseOf(error);
  const hint = HINTS.find(([form]) => form.test(cause))?.[1];
  return hint === undefined ? cause : `${cause}; ${hint}`;
}

/** Next steps for causes that only an operator can fix. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/^(?:UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF)/, "set NODE_EXTRA_CA_CERTS to your company's root certificate"],
  [/^CERT_(?:NOT_YET_VALID|HAS_EXPIRED)/, "check this machine's clock"],
  [/^the proxy answered HTTP 407/, "set the right user name and password in HTTPS_PROXY"],
  [/^the proxy answered HTTP 403/, "ask the proxy's administrator to allow this host"],
];

/** These codes always mean the proxy: agent.ts sets a timeout only for proxies, and callers time all other requests. */
const PROXY_CODES: ReadonlyMap<string | undefined, string> = new Map([
  ["UND_ERR_PRX_CONN", "the proxy closed the connection"],
  ["UND_ERR_HEADERS_TIMEOUT", "the proxy did not answer"],
]);

/** Limits the search, because an error can be its own cause. */
const DEEPEST = 6;

function bareCauseOf(error: unknown): string {
  const chain = chainOf(error);
  return (
    chain.map(atProxy).find(Boolean) ??
    chain.map(codeOf).find(Boolean) ??
    chain.map(({ name }) => name).find(isSpecific) ??
    "no connection"
  );
}

function isSpecific(name: string): boolean {
  return name !== "Error" && name !== "TypeError";
}

function chainOf(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  let next = error;
  while (next instanceof Error && chain.length < DEEPEST) {
    chain.push(next);
    next = next instanceof AggregateError && next.cause === undefined ? next.errors[0] : next.cause;
  }
  return chain;
}

function codeOf(error: Error): string | undefined {
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" && /^\w{1,60}$/.test(code) ? code : undefined;
}

/** For a refused tunnel, undici puts the status only into the message (undici 8.12.4, ProxyAgent; tried 2026-11). */
function atProxy(error: Error): string | undefined {
  if (error instanceof ProxyError) return `${bareCauseOf(error.cause)} at the proxy ${error.proxy}`;
  const [, status] = /^Proxy response \((\d{3})\)/.exec(error.message) ?? [];
  if (status !== undefined) return `the proxy answered HTTP ${status}`;
  return PROXY_CODES.get(codeOf(error));
}
