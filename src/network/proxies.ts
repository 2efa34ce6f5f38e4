import type { Secret } from "../token/secret.ts";

/** How requests leave this machine. An address may hold a user name and a password. */
export interface Proxies {
  /** For https addresses; undefined: the one for http, else none. */
  readonly https?: Secret | undefined;
  readonly http?: Secret | undefined;
  /** NO_PROXY: hosts that are reached without a proxy, with commas or spaces between. */
  readonly none?: string | undefined;
}
