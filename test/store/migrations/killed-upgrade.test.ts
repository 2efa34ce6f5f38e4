import { access } from "node:fs/promises";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { openSqliteStore } from "../../../src/store/sqlite/open-sqlite.ts";
import type { WatchStore } from "../../../src/watch/ports.ts";
import { auditOutbox } from "../../support/audit-outbox.ts";
import { deliverLeft, type Delivered } from "./deliver-left.ts";
import { KILLED, type Left, readLeft, standings, unpack } from "./killed-databases.ts";
import { useFolder } from "../sqlite/sqlite-folder.ts";

const { path } = useFolder();

type Row = Readonly<Record<string, SQLOutputValue>>;

const ask = (file: string, query: string): readonly Row[] => {
  using database = new DatabaseSync(file, { readOnly: true });
  return database.prepare(query).all();
};
const faultsIn = async (file: string): Promise<readonly string[]> =>
  auditOutbox(async (query) => ask(file, query).map(({ id }) => ({ id: String(id) })));

const upgraded = async (name: string): Promise<{ file: string; left: Left; store: WatchStore }> => {
  const file = path("wa-token.db");
  await unpack(name, file);
  return { file, left: await readLeft(name), store: await openSqliteStore({ path: file, exclusive: true }) };
};

const KINDS: Readonly<Record<string, string>> = {
  escalation: "escalation",
  refused_channel: "fallback",
  comeback: "absence",
  digest: "digest",
};

/** Rows of homes, and of alerts without a home. */
const AT_HOME = `
  select owed.*, messages.ts from owed left join messages on messages.id = owed.message_id
    where messages.id is null or messages.kind in ('alert', 'group')`;

/** People's answers to the alerts in the old tables. */
const ANSWERS = `
  select id, body ->> '$.acknowledged' as acknowledged, body ->> '$.snoozed' as snoozed,
    iif(group_id is null, 'own', 'group') as home from alerts order by id`;

it("the databases together hold everything that a killed bot can leave", async () => {
  const all = await Promise.all(KILLED.map(readLeft));
  const alerts = all.flatMap(standings);
  const notes = all.flatMap((left) => left.notes.map(({ kind, ts }) => `${kind} ${ts === null ? "waits" : "sent"}`));
  const unposted = all.flatMap(({ groups }) => groups.filter(({ ts }) => ts === null).map(({ id }) => id));
  const held = {
    posted: alerts.some(({ alert }) => alert.ts !== null),
    unposted: alerts.some(({ alert, isNew }) => isNew && alert.group === null),
    edit: alerts.some(({ alert, isBehind }) => isBehind && alert.ts !== null),
    word: alerts.some(({ alert, words }) => words.length > 0 && alert.ts !== null),
    "word told elsewhere": alerts.some(({ alert, words }) => words.some(({ revision }) => revision <= alert.fallback)),
    "member that changed": alerts.some(({ alert, home, isBehind }) => alert.group === home?.id && isBehind),
    "word of a member": alerts.some(({ alert, home, words }) => alert.group === home?.id && words.length > 0),
    "new member": alerts.some(({ alert, home, isNew }) => alert.group === home?.id && isNew),
    "member of an unposted group": alerts.some(({ alert }) => unposted.includes(alert.group ?? "")),
    "member that leaves": alerts.some(({ alert, leaves }) => leaves && alert.delivered > 0),
    "one that its group's message forgot": alerts.some(({ alert, leaves }) => leaves && alert.delivered === 0),
    "alert told elsewhere": alerts.some(({ alert, isNew }) => isNew && alert.fallback > 0),
  };
  expect(Object.entries(held).filter(([, isThere]) => !isThere)).toEqual([]);
  const kinds = [...Object.keys(KINDS), "escalation_over"].flatMap((kind) => [`${kind} waits`, `${kind} sent`]);
  expect([...new Set(notes)].toSorted()).toEqual(kinds.toSorted());
  const taken: Row[] = [];
  const answered: Row[] = [];
  for (const name of KILLED) {
    await unpack(name, path(name));
    answered.push(...ask(path(name), ANSWERS));
    for (const table of ["watches", "alerts", "groups", "notes"])
      taken.push(...ask(path(name), `select '${table}' as place from ${table} where lease is not null limit 1`));
  }
  expect(new Set(taken.map(({ place }) => place))).toEqual(new Set(["watches", "alerts", "groups", "notes"]));
  expect(answered.some(({ acknowledged }) => acknowledged !== null)).toBe(true);
  const snoozed = answered.filter((row) => row["snoozed"] !== null);
  expect(new Set(snoozed.map(({ home }) => home))).toEqual(new Set(["own", "group"]));
});

describe.each(KILLED)("a database of 0.1.0 whose bot was killed: %s", (name) => {
  it("is upgraded with a copy, and no claim of the dead bot remains", async () => {
    const { file, store } = await upgraded(name);
    await store.close();
    await access(`${file}.before-0005-one-outbox`);
    expect(await faultsIn(file)).toEqual([]);
    const taken = ["watches", "messages"].flatMap((table) =>
      ask(file, `select * from ${table} where lease is not null`),
    );
    expect(taken).toEqual([]);
  });

  it("owes each alert and reply that Slack lacks, and nothing that Slack has", async () => {
    const { file, left, store } = await upgraded(name);
    await store.close();
    const rows = ask(file, AT_HOME);
    const idsOf = (found: readonly Row[]): readonly string[] => found.map((row) => String(row["alert_id"])).toSorted();
    const all = standings(left);
    const fresh = all.filter(({ isNew }) => isNew);
    expect(idsOf(rows.filter(({ what }) => what === "joined"))).toEqual(fresh.map(({ alert }) => alert.id).toSorted());
    const behind = all.filter(({ isBehind }) => isBehind).map(({ alert }) => alert.id);
    const leaving = all.filter(({ leaves }) => leaves).map(({ alert }) => alert);
    const stillShown = leaving.filter(({ delivered }) => delivered > 0).map(({ id }) => id);
    expect(idsOf(rows.filter(({ what, ts }) => what === "content" && ts !== null))).toEqual(
      expect.arrayContaining([...behind, ...stillShown]),
    );
    const known = leaving.filter(({ replied }) => replied > 0).map(({ id }) => id);
    expect(idsOf(rows.filter(({ what }) => what === "left"))).toEqual(known.toSorted());
    const words = all.flatMap(({ alert, words: untold }) =>
      untold.map(({ revision, reason }) => `${alert.id} ${revision} ${reason} ${Number(revision <= alert.fallback)}`),
    );
    expect(
      rows
        .filter(({ word }) => word !== null)
        .map((row) => ["alert_id", "revision", "what", "told_elsewhere"].map((column) => row[column]).join(" "))
        .toSorted(),
    ).toEqual(words.toSorted());
    // A reply that a fallback message announced is not repeated there.
    const elsewhere = fresh.filter(({ alert }) => alert.fallback > 0).map(({ alert }) => alert.id);
    const toldRows = rows.filter((row) => row["what"] === "joined" && row["told_elsewhere"] === 1);
    expect(idsOf(toldRows)).toEqual(elsewhere.toSorted());
    const accepted = ask(file, "select id from alerts where accepted_at is not null").map(({ id }) => id);
    expect(accepted).toEqual(expect.arrayContaining(elsewhere));
  });

  it("keeps people's actions", async () => {
    const { file, store } = await upgraded(name);
    const before = ask(`${file}.before-0005-one-outbox`, ANSWERS);
    const kept: unknown[] = [];
    for (const { id } of before) {
      const found = await store.findAlerts({ kind: "alert", id: String(id) });
      kept.push(...(found?.alerts ?? []).map(({ acknowledged, snoozed }) => ({ acknowledged, snoozed })));
    }
    await store.close();
    const parsed = (value: unknown): unknown => JSON.parse(String(value));
    expect(JSON.parse(JSON.stringify(kept))).toEqual(
      before.map(({ acknowledged, snoozed }) => ({ acknowledged: parsed(acknowledged), snoozed: parsed(snoozed) })),
    );
  });

  it("keeps the place of each message in Slack", async () => {
    const { file, left, store } = await upgraded(name);
    await store.close();
    const homes = ask(
      file,
      `select alerts.id as alert, messages.id, messages.channel, messages.ts from alerts
         join messages on messages.id = alerts.message_id where messages.ts is not null`,
    );
    const stood = standings(left).flatMap(({ alert, home }) => (home === null ? [] : [{ alert: alert.id, ...home }]));
    const byAlert = (a: Row, b: Row): number => (String(a["alert"]) < String(b["alert"]) ? -1 : 1);
    expect(homes.toSorted(byAlert)).toEqual(stood.toSorted(byAlert));
    // A posted report is never edited and gets no replies.
    expect(ask(file, "select id from messages where ts is not null and kind in ('digest', 'absence')")).toEqual([]);
    const waiting = ask(file, "select id from messages where ts is null and kind not in ('alert', 'group')");
    const unsent = left.notes.filter(({ kind, ts }) => ts === null && kind !== "escalation_over");
    expect(waiting.map(({ id }) => String(id)).toSorted()).toEqual(unsent.map(({ id }) => id).toSorted());
  });

  it("lists the same undelivered messages as the old store", async () => {
    const { left, store } = await upgraded(name);
    const listed = (await store.undelivered()).map(({ kind, channel }) => `${kind} in ${channel}`);
    await store.close();
    for (const { watch, note, channel } of left.undelivered) {
      if (note === "escalation_over") continue;
      const kind = note === null ? (watch === null ? "group" : "alert") : KINDS[note];
      const at = listed.indexOf(`${kind} in ${channel}`);
      expect(at, `${kind} in ${channel}`).toBeGreaterThanOrEqual(0);
      // A posted group also owes an edit, so there may be more rows than before.
      listed.splice(at, 1);
    }
  });

  it("delivers everything once", async () => {
    const { file, left, store } = await upgraded(name);
    const delivered = await deliverLeft(store, left.at);
    expect(await store.undelivered()).toEqual([]);
    await store.close();
    expect(await faultsIn(file)).toEqual([]);
    expect(ask(file, "select * from owed")).toEqual([]);
    isToldOnce(left, delivered);
    areSentOnce(left, delivered);
  });
});

/** Each undelivered alert is announced once, the others never. Each reply is sent once, or is part of a post. */
function isToldOnce(left: Left, { introduced, said }: Delivered): void {
  const all = standings(left);
  const times = Map.groupBy(introduced, (id) => id);
  // For an alert that ended before its group announced it, only the end is announced.
  const told = all.filter(({ alert, isNew }) => !(isNew && alert.resolved && alert.group !== null));
  for (const { alert, isNew } of told)
    expect(times.get(alert.id)?.length ?? 0, `new: ${alert.watch}`).toBe(isNew ? 1 : 0);
  for (const { alert, words } of all)
    for (const { reason, at } of words) {
      const heard = said.filter((one) => one.alert === alert.id && one.reason === reason && one.at === at.getTime());
      expect(heard, `${alert.watch} ${reason}`).toHaveLength(times.has(alert.id) ? 0 : 1);
    }
  const owed = all.flatMap(({ words }) => words);
  expect(said.length).toBeLessThanOrEqual(owed.length);
}

/** Each waiting note is sent once, and notes of one kind and place together. Posted notes are not sent again. */
function areSentOnce({ notes, alerts }: Left, { sent, mentioned, passedOn }: Delivered): void {
  const unsent = notes.filter(({ ts }) => ts === null);
  const places = (kind: string): number =>
    new Set(unsent.filter((note) => note.kind === kind).map(({ route }) => route)).size;
  const count = (kind: string): number => sent.filter((one) => one === kind).length;
  expect(count("absence")).toBe(unsent.filter(({ kind }) => kind === "comeback").length);
  expect(count("digest")).toBe(places("digest"));
  expect(count("fallback")).toBe(places("refused_channel"));
  const isOver = new Map(alerts.map(({ id, resolved, answered }) => [id, resolved || answered]));
  const about = (kind: string): ReadonlySet<string> =>
    new Set(unsent.filter((note) => note.kind === kind).flatMap((note) => note.alerts));
  const listed = [
    ...[...about("refused_channel")].map((id) => `fallback of ${id}`),
    // An ended alert needs no escalation, unless a list names it with others.
    ...[...about("escalation")].filter((id) => isOver.get(id) === false).map((id) => `escalation of ${id}`),
  ];
  expect(mentioned).toEqual(expect.arrayContaining(listed));
  expect(mentioned).toHaveLength(new Set(mentioned).size);
  expect(passedOn).toHaveLength(new Set(passedOn).size);
  const escalated = notes.filter(({ kind, ts }) => kind === "escalation" && ts !== null).flatMap((note) => note.alerts);
  const ended = [...about("escalation_over")].filter((id) => escalated.includes(id) && isOver.get(id) === true);
  for (const id of ended) expect(passedOn.some((word) => word.includes(id))).toBe(true);
}
