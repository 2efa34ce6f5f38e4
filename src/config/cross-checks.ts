import type { Problem } from "./problem.ts";

/** Reads NODE_DEBUG as Node.js does: names separated by commas, `*` as a wildcard, case ignored. */
export function nodeDebugProblems(nodeDebug: string | undefined): readonly Problem[] {
  const patterns = (nodeDebug ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .map(
      (name) => new RegExp(`^${name.replaceAll(/[|\\{}()[\]^$+?.]/g, String.raw`\$&`).replaceAll("*", ".*")}$`, "i"),
    );
  const named = TALKATIVE.filter((module) => patterns.some((pattern) => pattern.test(module)));
  return named.length === 0
    ? []
    : [
        {
          name: "NODE_DEBUG",
          message: `NODE_DEBUG includes ${named.join(", ")}, whose debug output prints URLs with tokens in them. Unset NODE_DEBUG.`,
        },
      ];
}

/** With 0, Node.js accepts every certificate, so anyone on the network path can read the tokens. */
export function tlsProblems(rejectUnauthorized: string | undefined): readonly Problem[] {
  return rejectUnauthorized?.trim() === "0"
    ? [
        {
          name: "NODE_TLS_REJECT_UNAUTHORIZED",
          message:
            "NODE_TLS_REJECT_UNAUTHORIZED is 0, so Node.js accepts every certificate, and others on the network can read tokens. Unset it. To trust your own certificate authority, set NODE_EXTRA_CA_CERTS to its file.",
        },
      ]
    : [];
}

/** META_APP_ID and META_APP_SECRET work only together. */
export function pairProblems(get: (name: string) => string | undefined): readonly Problem[] {
  const isSet = (name: string): boolean => get(name) !== undefined || get(`${name}_FILE`) !== undefined;
  const hasAppId = isSet("META_APP_ID");
  if (hasAppId === isSet("META_APP_SECRET")) return [];
  const [name, other] = hasAppId ? ["META_APP_SECRET", "META_APP_ID"] : ["META_APP_ID", "META_APP_SECRET"];
  return [{ name, message: `${name} is not set, but ${other} is. Set both or neither.` }];
}

/** The debug output of these modules prints URLs, and one URL contains the inspected token. */
const TALKATIVE = ["undici", "fetch", "websocket", "http", "http2", "https"];
