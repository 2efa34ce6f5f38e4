/**
 * Whether a `Host` header names this machine itself. A web page can give its own name the address 127.0.0.1 and then
 * read what listens there (DNS rebinding); the browser still sends the name of the page.
 * @param ownName the name that the operator gave the address; no page can have it
 */
export const namesLoopback = (host: string | undefined, ownName: string): boolean => {
  const [, name = ""] = /^(\[[^\]]*\]|[^:]*)(?::\d{1,5})?$/.exec(host ?? "") ?? [];
  return LOOPBACK.test(name) || (name !== "" && name.toLowerCase() === ownName.toLowerCase());
};

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|\[::ffff:127(?:\.\d{1,3}){3}\])$/i;

/** An address that only programs on this machine can reach. */
export const isLoopbackAddress = (address: string): boolean => /^(?:127\.|::1$|::ffff:127\.)/i.test(address);
