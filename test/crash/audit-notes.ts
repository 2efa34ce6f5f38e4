import { type Evidence, type Findings, type Repeat, repeatOf } from "./findings.ts";
import { absencesIn } from "./texts.ts";

const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000);

/** Audits messages that are sent once: reports of the bot's own absence. One message may report several absences. */
export const auditNotes = (evidence: Evidence): Findings => {
  const { taken, left, last } = evidence;
  const tellings = taken.filter(({ kind, text }) => kind === "post" && absencesIn(text).length > 0);
  const lost: string[] = [];
  const repeats: Repeat[] = [];
  for (const { route, from } of last.notes) {
    const since = seconds(from);
    const own = tellings.filter(({ channel, text }) => channel === route && absencesIn(text).includes(since));
    if (own.length === 0) lost.push(`no message reports that the bot was away from ${from.toISOString()}`);
    for (const earlier of own.slice(0, -1)) {
      const then = left.get(earlier.bot)?.notes.find((note) => note.route === route && seconds(note.from) === since);
      repeats.push(repeatOf(evidence, earlier, then?.told === false));
    }
  }
  const known = new Set(last.notes.map(({ route, from }) => `${route} ${seconds(from)}`));
  const strange = tellings
    .filter(({ channel, text }) => absencesIn(text).some((since) => !known.has(`${channel} ${since}`)))
    .map(({ text }) => `the store knows nothing of: ${text}`);
  return { lost, repeats, strange };
};
