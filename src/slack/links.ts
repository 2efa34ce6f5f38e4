import type { MessageRef } from "../watch/message.ts";

/** Where messages of the workspace are found, "https://acme.slack.com/"; undefined while Slack has not told. */
export type Links = string | undefined;

/** The address of a message, as `chat.getPermalink` gives it (docs.slack.dev, read 2026-11). */
export function linkTo(links: Links, { channel, ts }: MessageRef): string | undefined {
  return links === undefined ? undefined : `${links}archives/${channel}/p${ts.replace(".", "")}`;
}
