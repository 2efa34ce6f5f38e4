// pictures/ prepares the scenes of the pictures in docs/images. Each scene runs in a fresh world whose clock stands
// still, and returns what the bot sent to Slack. tools/pictures takes the screenshots; test/docs/pictures.test.ts only
// compares what the bot sent. It may import what the page's server may import. To add a picture: add an entry in
// SCENES, run `npm run pictures`, and show the picture in a document.
import { terminalText } from "../../../src/words/plain-text.ts";
import { words } from "../../../src/words/words.ts";
import type { SeenMessage } from "../../slack/messages.ts";
import { COMMAND } from "../protocol/command.ts";
import { ALERTS, type Deployment } from "../server/page-world.ts";
import type { Stage } from "../server/stage.ts";
import { RENEWAL } from "../../../src/slack/messages/renewal/ids.ts";
import { endOld, openRenewal, RENEWED_WATCH, renewalWith, startRefresh } from "../server/stories/renewal-moves.ts";
import { createScene } from "../server/stories/scene.ts";
import type { Scene as Hands } from "../server/stories/story.ts";

/** The part of the page to draw. For a message it is the newest one of its channel, or the newest that has this text. */
export type Shown =
  | { readonly kind: "message"; readonly channel: string; readonly having?: string }
  | { readonly kind: "modal"; readonly title: string }
  | { readonly kind: "home" }
  | { readonly kind: "timeline" };

export interface PictureScene {
  /** Name of its files, without theme and extension. */
  readonly name: string;
  readonly deployment: Deployment;
  readonly shown: Shown;
  /** Shows the part on the screen of the watches' owner; returns the payload that the page draws there. */
  readonly set: (hands: Hands) => Promise<unknown>;
}

/**
 * The history below this heading has no fixed order for events at the same instant. So it is neither drawn nor
 * compared.
 */
export const HOME_ENDS_AT = terminalText(words.history.title());

const CHECKED = "support-prod";
const REVOKED = "orders-prod";

export const SCENES: readonly PictureScene[] = [
  {
    name: "check-result",
    deployment: "five_days_left",
    shown: { kind: "modal", title: words.results.checkTitle },
    set: checkResult,
  },
  {
    name: "alert-open",
    deployment: "healthy",
    shown: { kind: "message", channel: ALERTS },
    set: async (hands) => drawnOf(await openAlert(hands)),
  },
  {
    name: "alert-resolved",
    deployment: "healthy",
    shown: { kind: "message", channel: ALERTS },
    set: async (hands) => drawnOf(await resolvedAlert(hands)),
  },
  {
    name: "guide",
    deployment: "healthy",
    shown: { kind: "message", channel: "general" },
    set: async (hands) => drawnOf(await firstStep(hands)),
  },
  {
    name: "renewal-open",
    deployment: "two_weeks_left",
    shown: { kind: "message", channel: ALERTS },
    set: async (hands) => drawnOf(await openRefresh(hands)),
  },
  {
    name: "renewal-done",
    deployment: "two_weeks_left",
    // Below it stands the private answer to the last press.
    shown: { kind: "message", channel: ALERTS, having: "steps are complete" },
    set: async (hands) => drawnOf(await doneRefresh(hands)),
  },
  { name: "home", deployment: "five_days_left", shown: { kind: "home" }, set: home },
  { name: "timeline", deployment: "five_days_left", shown: { kind: "timeline" }, set: timeline },
];

/** Prepares a scene on a stage of its deployment; returns the payload that the page draws there. */
export async function setScene({ set }: PictureScene, stage: Stage): Promise<unknown> {
  return set(createScene(stage, new AbortController().signal));
}

function drawnOf({ text, blocks, attachments }: SeenMessage): unknown {
  return { text, blocks, attachments };
}

function modalTitled({ stage, robin }: Hands, title: string): Promise<unknown> {
  return stage.world.slack.waitFor(() => {
    const modal = robin.modal();
    return modal?.title === title ? { title, blocks: modal.blocks } : undefined;
  });
}

async function checkResult(hands: Hands): Promise<unknown> {
  const { robin } = hands;
  await robin.runCommand({ command: COMMAND, text: `check ${CHECKED}` });
  await modalTitled(hands, words.checkForm.title);
  await robin.submit();
  return modalTitled(hands, words.results.checkTitle);
}

/** The alert that says this of the revoked watch, by its headline. */
function alertSaying({ stage, robin }: Hands, happened: string): Promise<SeenMessage> {
  return stage.world.slack.waitFor(() =>
    robin.channelMessages(ALERTS).find(({ text }) => text.includes(`${REVOKED}: ${happened}`)),
  );
}

function revokedAlert(hands: Hands): Promise<SeenMessage> {
  return alertSaying(hands, words.alerts.tokenIs("revoked"));
}

async function openAlert(hands: Hands): Promise<SeenMessage> {
  const { stage, later } = hands;
  stage.desk.act(REVOKED, "revoke");
  await later(1);
  return revokedAlert(hands);
}

async function resolvedAlert(hands: Hands): Promise<SeenMessage> {
  const { stage, press, later } = hands;
  await openAlert(hands);
  await press(ALERTS, words.buttons.acknowledge.text);
  stage.desk.act(REVOKED, "rotate");
  await later(1);
  return alertSaying(hands, words.alerts.fixed);
}

async function openRefresh(hands: Hands): Promise<SeenMessage> {
  await openRenewal(hands);
  await startRefresh(hands);
  return renewalWith(hands, RENEWAL.confirm_in_use);
}

async function doneRefresh(hands: Hands): Promise<SeenMessage> {
  const { ts: posted } = await openRefresh(hands);
  hands.stage.desk.restartApp(RENEWED_WATCH);
  await hands.later(3);
  await endOld(hands);
  return hands.stage.world.slack.waitFor(() => hands.robin.channelMessages(ALERTS).find(({ ts }) => ts === posted));
}

async function firstStep({ stage, robin }: Hands): Promise<SeenMessage> {
  const { slack } = stage.world;
  await robin.runCommand({ command: COMMAND, text: "guide" });
  const whole = await slack.waitFor(() => robin.ephemerals()[0]);
  await robin.click({ text: words.guide.walk }, { in: whole });
  return slack.waitFor(() => robin.ephemerals().find(({ edits }) => edits > 0));
}

async function home({ stage, robin }: Hands): Promise<unknown> {
  await robin.homeOpened();
  const blocks = await stage.world.slack.waitFor(() => robin.home()?.blocks);
  return blocks.slice(
    0,
    blocks.findIndex((block) => JSON.stringify(block).includes(HOME_ENDS_AT)),
  );
}

async function timeline(hands: Hands): Promise<unknown> {
  const { stage, robin, goTo } = hands;
  await goTo("2026-11-26T09:00:00Z");
  stage.desk.act(REVOKED, "revoke");
  await goTo("2026-11-26T10:00:00Z");
  await robin.click({ text: words.buttons.acknowledge.text }, { in: await revokedAlert(hands) });
  await goTo("2026-11-26T15:00:00Z");
  stage.desk.act(REVOKED, "rotate");
  await goTo("2026-11-27T14:00:00Z");
  await stage.timeline.refresh();
  return stage.timeline.view();
}
