/**
 * Checks whether a `Host` header names this machine. A web page can point its own host name to 127.0.0.1 and then read
 * local services (DNS rebinding). The browser still sends the host name of the page, so the header reveals it.
 * @param ownName the host name that the operator configured, which no web page can have
 */
export function namesLoopback(host: string | undefined, ownName: string): boolean {
  const [, name = ""] = /^(\[[^\]]*\]|[^:]*)(?::\d{1,5})?$/.exec(host ?? "") ?? [];
  return LOOPBACK.test(name) || (name !== "" && name.toLowerCase() === ownName.toLowerCase());
}

/** An address that only programs on this machine can reach. */
export function isLoopbackAddress(address: string): boolean {
  return /^(?:127\.|::1$|::ffff:127\.)/i.test(address);
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|\[::ffff:127(?:\.\d{1,3}){3}\])$/i;
