// `node tools/manifest-link.ts`: prints the link that opens Slack's "create an app" page with manifest.yml filled in.
import { readFileSync } from "node:fs";

const CREATE_APP = "https://api.slack.com/apps?new_app=1&manifest_yaml=";

/** Slack does not document a maximum length of such links, so comment lines are left out. */
const withoutComments = (yaml: string): string =>
  yaml
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.trimStart().startsWith("#"))
    .join("\n");

/** Brackets and quotes would end a Markdown link early, and `encodeURIComponent` does not encode them. */
const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** The link for a manifest in YAML (app manifests, docs.slack.dev, read 2026-11). Manifests contain no secrets. */
export const manifestLink = (yaml: string): string => `${CREATE_APP}${encode(withoutComments(yaml))}`;

if (import.meta.main) console.log(manifestLink(readFileSync(new URL("../manifest.yml", import.meta.url), "utf8")));
