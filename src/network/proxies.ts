import type { Secret } from "../token/secret/secret.ts";

/** The proxies for outgoing requests. A proxy URL can contain a user name and a password. */
export interface Proxies {
  /** For https:// URLs. Undefined: the proxy for http://, if there is one. */
  readonly https?: Secret | undefined;
  readonly http?: Secret | undefined;
  /** NO_PROXY: hosts that need no proxy, separated by commas or spaces. */
  readonly none?: string | undefined;
}
