import type { MessageRef } from "../../outbox/message.ts";

/** The base address of message links, "https://acme.slack.com/"; undefined until Slack has reported it. */
export type Links = string | undefined;

/** The address of a message, as `chat.getPermalink` gives it (docs.slack.dev, read 2026-11). */
export function linkTo(links: Links, { channel, ts }: MessageRef): string | undefined {
  return links === undefined ? undefined : `${links}archives/${channel}/p${ts.replace(".", "")}`;
}
