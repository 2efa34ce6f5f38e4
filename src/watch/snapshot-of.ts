import { describeSource } from "../token/secret/source.ts";
import type { Watch } from "./watch.ts";
import type { WatchSnapshot } from "../alert/watch-snapshot.ts";

/**
 * The part of a watch that an alert shows.
 * @param note a remark of the source's last reading ("read at start; restart the bot after changing it")
 * @throws when the watch has no channel: `run` and `round` refuse such a configuration at their start
 */
export function snapshotOf(watch: Watch, note: string | null = null): WatchSnapshot {
  const { name, channel, owner, oncall, consumers, phoneNumberId, whatsappBusinessAccountId } = watch;
  if (channel === undefined)
    throw new Error(
      `The watch ${name} has no alert channel. Set ALERT_CHANNEL, or set the channel of the watch in WATCHLIST.`,
    );
  const source = describeSource(watch.source);
  return {
    name,
    channel,
    owner,
    oncall,
    consumers,
    source: note === null ? source : `${source} (${note})`,
    phoneNumberId,
    whatsappBusinessAccountId,
    appId: watch.app?.id,
  };
}
