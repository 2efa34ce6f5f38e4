import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, type IncomingMessage } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { createServer as createTlsServer } from "node:tls";
import { onTestFinished } from "vitest";
import { selfSigned } from "./certificate.ts";

/** The proxy's action on a CONNECT: lets it through, answers with a status, cuts it, or stays silent. */
type ProxyMood = "through" | "cut" | "silent" | 403 | 407 | 502;

export interface CompanyNetwork {
  /** `http://127.0.0.1:<port>`, without user name and password. */
  readonly proxyUrl: string;
  /** The same proxy over TLS, with this name or address: `https://localhost:<port>`. */
  readonly secureProxyUrl: (host: "localhost" | "127.0.0.1") => string;
  /** The requested names with ports, in order. */
  readonly asked: readonly string[];
  /** The credentials of each request; undefined for none. */
  readonly credentials: readonly (string | undefined)[];
  /** Sets the action from now on, for every host or for one. */
  readonly setMood: (mood: ProxyMood, host?: string) => void;
  /** From now on, lets only these credentials through, for example `user:password`. */
  readonly demand: (credentials: string) => void;
  /** PEM file with the certificate of every host here: what NODE_EXTRA_CA_CERTS takes. */
  readonly caFile: string;
  readonly ca: string;
}

/**
 * A network whose names resolve on the proxy's side only: a CONNECT proxy on 127.0.0.1, behind it one TLS server for
 * every name with a certificate that no public authority signed, which hands what it decrypts to a local port.
 * @param hosts local port by name
 */
export async function openCompanyNetwork(hosts: Readonly<Record<string, number>>): Promise<CompanyNetwork> {
  const names = Object.keys(hosts);
  const { certificate, key } = selfSigned("localhost", "127.0.0.1", ...names);
  const open = new Set<Duplex>();
  const keep = <S extends Duplex>(socket: S): S => {
    open.add(socket);
    return socket.on("error", () => socket.destroy()).on("close", () => open.delete(socket));
  };
  const joined = (left: Duplex, right: Duplex): void => {
    left.pipe(right).pipe(left);
    left.once("close", () => right.destroy());
    right.once("close", () => left.destroy());
  };
  const front = createTlsServer({ cert: certificate, key, ALPNProtocols: ["h2", "http/1.1"] }, (socket) => {
    joined(keep(socket), keep(connect(hosts[String(socket.servername)] ?? 0, "127.0.0.1")));
  });
  const frontPort = await listen(front, keep);

  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const moods = new Map<string | undefined, ProxyMood>();
  let demanded: string | undefined;
  const onConnect = ({ url = "", headers }: IncomingMessage, socket: Duplex): void => {
    keep(socket);
    const given = headers["proxy-authorization"]?.replace(/^Basic /, "");
    asked.push(url);
    credentials.push(given === undefined ? undefined : Buffer.from(given, "base64").toString("utf8"));
    const host = url.replace(/:\d+$/, "");
    const refused = demanded !== undefined && credentials.at(-1) !== demanded;
    const mood = refused ? 407 : (moods.get(host) ?? moods.get(undefined) ?? (host in hosts ? "through" : 502));
    if (mood === "silent") return;
    if (mood === "cut") socket.destroy();
    else if (mood === "through") {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      joined(socket, keep(connect(frontPort, "127.0.0.1")));
    } else socket.end(`HTTP/1.1 ${mood} No\r\ncontent-length: 0\r\n\r\n`);
  };
  const proxy = createHttpServer().on("connect", onConnect);
  const secureProxy = createHttpsServer({ cert: certificate, key }).on("connect", onConnect);
  const [proxyPort, securePort] = [await listen(proxy, keep), await listen(secureProxy, keep)];

  const folder = mkdtempSync(join(tmpdir(), "wa-token-ca-"));
  const caFile = join(folder, "company.pem");
  writeFileSync(caFile, certificate);
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    for (const server of [front, proxy, secureProxy]) server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    proxyUrl: `http://127.0.0.1:${proxyPort}`,
    secureProxyUrl: (host) => `https://${host}:${securePort}`,
    asked,
    credentials,
    setMood: (mood, host) => void moods.set(host, mood),
    demand: (wanted) => {
      demanded = wanted;
    },
    caFile,
    ca: certificate,
  };
}

async function listen(server: Server, keep: (socket: Socket) => Socket): Promise<number> {
  server.on("connection", keep);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
