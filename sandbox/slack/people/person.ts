import { asObjects } from "../json.ts";
import type { SeenMessage } from "../messages.ts";
import { click, select, type } from "./actions.ts";
import { runCommand } from "./commands.ts";
import type { Outcome, Person, SeenHome } from "./driver.ts";
import { closeModal, seenModal, submit } from "./modal.ts";
import { eventPayload } from "./payloads.ts";
import { failureOf } from "./session.ts";
import { runShortcut } from "./shortcuts.ts";
import type { Session } from "./session.ts";

export function createPerson(session: Session): Person {
  const { who, messages } = session;
  return {
    id: who.id,
    name: who.name,
    realName: who.realName,
    teamId: who.teamId,
    teamDomain: who.teamDomain,
    outsider: who.outsider,
    dmChannel: who.dmChannel,
    runCommand: (line) => runCommand(session, line),
    runShortcut: (use) => runShortcut(session, use),
    click: (target, options) => click(session, target, options),
    type: (target, text, options) => type(session, target, text, options?.in ?? "modal"),
    select: (target, value, options) => select(session, target, value, options),
    submit: () => submit(session),
    closeModal: (options) => closeModal(session, options?.all === true),
    homeOpened: (tab) => homeOpened(session, tab ?? "home"),
    ephemerals: () => messages.ephemeralsOf(who.id),
    channelMessages: (channel) =>
      visible(session, channel).filter((message) => isTopLevel(message) || message.broadcast),
    thread: (channel, ts) =>
      visible(session, channel).filter((message) => message.ts === ts || message.threadTs === ts),
    dms: () => messages.in(who.dmChannel),
    modal: () => seenModal(session),
    home: () => seenHome(session),
    notices: () => session.notices,
  };
}

function visible(session: Session, named: string): readonly SeenMessage[] {
  if (named === "dm" || named === session.who.dmChannel) return session.messages.in(session.who.dmChannel);
  const channel = session.directory.findChannel(named);
  if (channel === undefined) throw new Error(`There is no channel ${named} in the sandbox.`);
  return session.who.outsider && !channel.shared ? [] : session.messages.in(channel.id);
}

function isTopLevel(message: SeenMessage): boolean {
  return message.threadTs === undefined || message.threadTs === message.ts;
}

function seenHome(session: Session): SeenHome | undefined {
  const view = session.views.home(session.who.id);
  if (view === undefined) return undefined;
  return { id: view.id, view: session.views.output(view), blocks: asObjects(view.content["blocks"]) };
}

/** Slack sends the event at every visit to either tab. From the second visit on, the event contains the view. */
async function homeOpened(session: Session, tab: "home" | "messages"): Promise<Outcome> {
  const seconds = Math.floor(session.clock.now().getTime() / 1000);
  const view = session.views.home(session.who.id);
  const event = {
    type: "app_home_opened",
    user: session.who.id,
    channel: session.who.dmChannel,
    tab,
    event_ts: `${seconds}.000200`,
    ...(view === undefined || tab !== "home" ? {} : { view: session.views.output(view) }),
  };
  const answer = await session.deliver("events_api", eventPayload(session.who, session.directory, event, seconds));
  return failureOf(session, answer) ?? { kind: "acked", answer: undefined };
}
