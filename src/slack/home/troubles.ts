import type { WatchRecord } from "../../watch/ports.ts";
import type { ShowTime } from "../moment.ts";
import { bold, listed, literal } from "../mrkdwn.ts";
import { isHeld } from "../status/alert-remarks.ts";
import { channelText, refusalText } from "../status/watch-lines.ts";

/** What the names of one line may take in characters. */
const NAMES = 300;

/** More channels than that are one trouble, not many. */
const MOST = 5;

const namesOf = (records: readonly WatchRecord[]): string =>
  listed(
    records.map(({ name }) => bold(literal(name, 80))),
    NAMES,
  );

/** Alerts that Slack did not take, a line for each channel and reason. */
const refusedLines = (records: readonly WatchRecord[]): readonly string[] => {
  const refused = records.flatMap((record) =>
    record.undelivered === null ? [] : [{ record, undelivered: record.undelivered }],
  );
  const groups = [
    ...Map.groupBy(refused, ({ undelivered: { channel, error } }) => `${channel} ${error}`).values(),
  ].flatMap(([first, ...rest]) => (first === undefined ? [] : [{ ...first, records: [first, ...rest] }]));
  const shown = groups.slice(0, MOST).map(({ undelivered, records: group }) => {
    const names = namesOf(group.map(({ record }) => record));
    return `⚠️ ${bold("Not delivered")} to ${channelText(undelivered.channel)}: ${refusalText(undelivered.error)}. Its alerts: ${names}`;
  });
  const more = groups.length - shown.length;
  return more === 0 ? shown : [...shown, `And ${more} more of this kind`];
};

/** What keeps alerts from people: channels that refuse them, quiet hours that hold them back. */
export const troubleLines = (
  records: readonly WatchRecord[],
  { now, quietUntil }: { readonly now: Date; readonly quietUntil: Date | null },
  show: ShowTime,
): readonly string[] => {
  const held = records.filter((record) => isHeld(record, now, quietUntil));
  return [
    ...refusedLines(records),
    ...(quietUntil === null ? [] : [`🌙 ${bold("Quiet hours")} until ${show(quietUntil)}. ${heldText(held)}`]),
  ];
};

const heldText = (held: readonly WatchRecord[]): string =>
  held.length === 0 ? "No alert is held back" : `Held back until then: ${namesOf(held)}`;
