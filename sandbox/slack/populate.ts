import { APP } from "./backend.ts";
import type { Backend } from "./backend.ts";
import { createDirectory } from "./directory.ts";
import type { Channel, Directory, PersonIdentity } from "./directory.ts";
import { asObjects, asString } from "./json.ts";
import type { JsonObject } from "./json.ts";
import type { ChannelOptions, PersonOptions } from "./options.ts";

/**
 * Looks up the ids that emulate generated and sets the members of each channel. emulate seeds every channel with all
 * people and without the bot, and #general with no members.
 */
export async function populate(
  backend: Backend,
  people: readonly PersonOptions[],
  channels: readonly ChannelOptions[],
): Promise<Directory> {
  const auth = await ask(backend, "auth.test", {});
  const teamId = String(auth["team_id"]);
  const users = asObjects((await ask(backend, "users.list", { limit: 1000 }))["members"]);
  const listed = asObjects(
    (await ask(backend, "conversations.list", { limit: 1000, types: "public_channel,private_channel" }))["channels"],
  );
  const identities: PersonIdentity[] = [];
  for (const person of people) {
    const own = { teamId, teamDomain: APP.teamDomain };
    const id = idOf(users, person.name);
    const dm = await ask(backend, "conversations.open", { users: id }, "bot-inside");
    identities.push({
      id,
      dmChannel: idOf(
        asObjects([dm["channel"]]).map((channel) => ({ ...channel, name: "dm" })),
        "dm",
      ),
      name: person.name,
      realName: person.realName ?? person.name,
      outsider: person.outsider === true,
      ...(person.outsider === true ? PARTNER : own),
    });
  }
  const rooms: Channel[] = [];
  for (const options of channels) {
    const id = idOf(listed, options.name);
    const botIsMember = options.botIsMember ?? true;
    await setMembers(backend, id, options, identities, botIsMember);
    if (options.kind === "archived") await ask(backend, "conversations.archive", { channel: id });
    rooms.push({
      id,
      name: options.name,
      isPrivate: options.kind === "private",
      shared: options.shared === true,
      botIsMember,
    });
  }
  return createDirectory(
    { teamId, teamDomain: APP.teamDomain, appId: APP.appId, botId: APP.botId, botUserId: APP.botUserId },
    identities,
    rooms,
  );
}

/** Archives or unarchives a channel; invites or removes the bot. */
export async function changeChannel(
  backend: Backend,
  channel: Channel,
  change: { readonly archived?: boolean; readonly botIsMember?: boolean },
): Promise<void> {
  if (change.archived !== undefined) {
    await ask(backend, `conversations.${change.archived ? "archive" : "unarchive"}`, { channel: channel.id });
  }
  if (change.botIsMember === undefined || change.botIsMember === channel.botIsMember) return;
  if (change.botIsMember) {
    await ask(backend, "conversations.invite", { channel: channel.id, users: APP.botUserId });
  } else await ask(backend, "conversations.kick", { channel: channel.id, user: APP.botUserId });
  channel.botIsMember = change.botIsMember;
}

const PARTNER = { teamId: "T0PARTNER1", teamDomain: "partner" };

async function setMembers(
  backend: Backend,
  channel: string,
  options: ChannelOptions,
  people: readonly PersonIdentity[],
  botIsMember: boolean,
): Promise<void> {
  const members = (await ask(backend, "conversations.members", { channel, limit: 1000 }))["members"];
  const present = new Set(Array.isArray(members) ? members : []);
  const belongs = (person: PersonIdentity): boolean => !person.outsider || options.shared === true;
  const missing = people.filter((person) => belongs(person) && !present.has(person.id)).map((person) => person.id);
  if (botIsMember) missing.push(APP.botUserId);
  if (missing.length > 0) await ask(backend, "conversations.invite", { channel, users: missing.join(",") });
  for (const person of people) {
    if (!belongs(person) && present.has(person.id)) {
      await ask(backend, "conversations.kick", { channel, user: person.id });
    }
  }
}

async function ask(
  backend: Backend,
  method: string,
  args: JsonObject,
  as: "admin" | "bot-inside" = "admin",
): Promise<JsonObject> {
  const reply = await backend.call(method, args, as);
  if (reply.body?.["ok"] === true) return reply.body;
  throw new Error(`The sandbox could not set up Slack: ${method} answered ${String(reply.body?.["error"])}.`);
}

function idOf(rows: readonly JsonObject[], name: string): string {
  const id = asString(rows.find((row) => row["name"] === name)?.["id"]);
  if (id === undefined) throw new Error(`The sandbox could not set up Slack: ${name} is missing after seeding.`);
  return id;
}
