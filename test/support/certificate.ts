import { createSign, generateKeyPairSync } from "node:crypto";
import { isIPv4 } from "node:net";

/** One DER element: tag, length, content. */
const der = (tag: number, ...content: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(content);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};

const bytes = (hex: string): Buffer => Buffer.from(hex, "hex");
const sequence = (...content: readonly Uint8Array[]): Buffer => der(0x30, ...content);
const oid = (hex: string): Buffer => der(0x06, bytes(hex));
const utcTime = (date: Date): Buffer =>
  der(0x17, Buffer.from(date.toISOString().replaceAll(/^\d\d|[-:T]|\.\d+/g, ""), "ascii"));

const ECDSA_WITH_SHA256 = "2a8648ce3d040302";
const COMMON_NAME = "550403";
const SUBJECT_ALT_NAME = "551d11";
const YEAR_MS = 365 * 86_400_000;

export interface Certificate {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
}

/** A name or an IPv4 address as the certificate holds it (RFC 5280, GeneralName). */
const generalName = (host: string): Buffer =>
  isIPv4(host) ? der(0x87, Buffer.from(host.split(".").map(Number))) : der(0x82, Buffer.from(host));

/** A new self-signed server certificate for these names and addresses (RFC 5280). */
export const selfSigned = (host: string, ...others: readonly string[]): Certificate => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const algorithm = sequence(oid(ECDSA_WITH_SHA256));
  const name = sequence(der(0x31, sequence(oid(COMMON_NAME), der(0x0c, Buffer.from(host)))));
  const altName = sequence(oid(SUBJECT_ALT_NAME), der(0x04, sequence(...[host, ...others].map(generalName))));
  const now = Date.now();
  const body = sequence(
    der(0xa0, der(0x02, bytes("02"))),
    der(0x02, bytes("01")),
    algorithm,
    name,
    sequence(utcTime(new Date(now - YEAR_MS)), utcTime(new Date(now + YEAR_MS))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(altName)),
  );
  const signature = createSign("sha256").update(body).sign(privateKey);
  const whole = sequence(body, algorithm, der(0x03, bytes("00"), signature));
  // A full last line must not be followed by an empty line, which OpenSSL rejects.
  const lines = whole.toString("base64").replaceAll(/.{64}(?=.)/g, "$&\n");
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
  };
};
