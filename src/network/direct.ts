import { BlockList, isIP } from "node:net";

/** Returns true for a host that needs no proxy. undici handles the other forms of NO_PROXY. */
export type IsDirect = (host: string) => boolean;

/**
 * Handles networks such as `10.0.0.0/8` in NO_PROXY. undici handles names, suffixes, `*` and ports, but not networks
 * (undici 8.12.4, EnvHttpProxyAgent). This machine never needs a proxy, so it is always included.
 * @param none the value of NO_PROXY
 */
export function directHosts(none: string): IsDirect {
  const networks = new BlockList();
  networks.addSubnet("127.0.0.0", 8, "ipv4");
  networks.addAddress("::1", "ipv6");
  for (const entry of none.split(/[,\s]+/)) addNetwork(networks, entry);
  return (host) => {
    const name = host
      .replace(/^\[(.+)\]$/, "$1")
      .replace(/\.$/, "")
      .toLowerCase();
    const family = familyOf(name);
    return family === undefined ? isLocalName(name) : networks.check(name, family);
  };
}

/** RFC 6761 reserves these names for this machine. */
function isLocalName(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost");
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? "ipv4" : "ipv6";
}

function addNetwork(networks: BlockList, entry: string): void {
  const [, address = "", length = ""] = /^\[?([\da-f.:]+)\]?\/(\d{1,3})$/i.exec(entry) ?? [];
  const family = familyOf(address);
  if (family === undefined || Number(length) > (family === "ipv4" ? 32 : 128)) return;
  networks.addSubnet(address, Number(length), family);
}
