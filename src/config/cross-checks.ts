import type { Problem } from "./problem.ts";

/** Debug output of these modules prints addresses, and the inspected token is part of one. */
const TALKATIVE = ["undici", "fetch", "websocket", "http", "http2", "https"];

/** NODE_DEBUG as Node reads it: names with commas between, `*` for any letters, case ignored. */
export const nodeDebugProblems = (nodeDebug: string | undefined): readonly Problem[] => {
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
          message: `NODE_DEBUG names ${named.join(", ")}, which would print addresses with tokens in them. Unset NODE_DEBUG.`,
        },
      ];
};

/** With 0, Node.js accepts every certificate, so that anybody on the way reads the tokens. */
export const tlsProblems = (rejectUnauthorized: string | undefined): readonly Problem[] =>
  rejectUnauthorized?.trim() === "0"
    ? [
        {
          name: "NODE_TLS_REJECT_UNAUTHORIZED",
          message:
            "NODE_TLS_REJECT_UNAUTHORIZED is 0, which accepts every certificate, so that others on the network can read tokens. Unset it; for a certificate authority of your own, set NODE_EXTRA_CA_CERTS to its file.",
        },
      ]
    : [];

/** What two variables must agree on, whatever they are used for; `get` tells what is set. */
export const pairProblems = (get: (name: string) => string | undefined): readonly Problem[] => {
  const isSet = (name: string): boolean => get(name) !== undefined || get(`${name}_FILE`) !== undefined;
  const hasAppId = isSet("META_APP_ID");
  if (hasAppId === isSet("META_APP_SECRET")) return [];
  const [name, other] = hasAppId ? ["META_APP_SECRET", "META_APP_ID"] : ["META_APP_ID", "META_APP_SECRET"];
  return [{ name, message: `${name} is not set, but ${other} is. Set both or neither.` }];
};
