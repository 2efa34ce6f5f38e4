import { words } from "../../../../src/words/words.ts";
import type { SeenModal } from "../../../slack/people/driver.ts";
import { COMMAND } from "../../protocol/command.ts";
import { ALERTS } from "../page-world.ts";
import { at, inThread, type Scene, type Story } from "./story.ts";

const WATCH = "support-prod";

/** Robin replaces the old token before it causes a problem. */
export const ROTATION: Story = {
  id: "rotation",
  title: "A rotation done right",
  summary: "Robin follows the guide, checks the new token, deploys it, and revokes the old token last.",
  deployment: "five_days_left",
  steps: [
    {
      caption: `${WATCH} has less than five days left. The bot posts an alert with the next steps.`,
      look: at(ALERTS),
    },
    {
      caption: "Robin opens the guide and follows its steps to a system user token. Nobody else sees it.",
      look: at(ALERTS),
      act: readGuide,
    },
    {
      caption: `Robin checks the new token before deploying it. It has everything that the service needs: ${words.states.healthy}.`,
      look: at(ALERTS),
      act: checkNew,
    },
    {
      caption: "Robin deploys the new token. The bot reads the deployed token at every check.",
      look: at(ALERTS),
      travel: ({ later }) => later(1 / 4),
      act: async ({ robin, stage, kept }) => {
        await robin.closeModal({ all: true });
        stage.desk.deploy(WATCH, kept.get("new") ?? "");
      },
    },
    {
      caption: `Robin presses “${words.buttons.check.text}” on the alert. The new token works, and the alert is fixed.`,
      look: inThread(ALERTS),
      act: ({ press }) => press(ALERTS, words.buttons.check.text),
    },
    {
      caption: "At last, Robin revokes the old token at Meta.",
      look: at(ALERTS),
      act: async ({ stage }) => {
        const [old] = stage.desk.deployed(WATCH);
        if (old !== undefined) stage.world.graph.revoke(old.raw);
      },
    },
    {
      caption: "A day later there is still no new alert, because no service uses the old token.",
      look: at(ALERTS),
      travel: ({ later }) => later(24),
    },
  ],
};

function modalTitled({ stage, robin }: Scene, title: string): Promise<SeenModal> {
  return stage.world.slack.waitFor(() => {
    const modal = robin.modal();
    return modal?.title === title ? modal : undefined;
  });
}

/** Checks the new token against the needs of the service. */
async function checkNew(scene: Scene): Promise<void> {
  const { robin, stage, kept } = scene;
  const raw = stage.desk.make(WATCH);
  kept.set("new", raw);
  await robin.runCommand({ command: COMMAND, text: `check ${WATCH}` });
  await modalTitled(scene, words.checkForm.title);
  await robin.type({ blockId: /^check\.token\./ }, raw);
  await robin.submit();
  await modalTitled(scene, words.results.checkTitle);
}

async function readGuide({ robin, stage }: Scene): Promise<void> {
  const { slack } = stage.world;
  const before = robin.ephemerals().length;
  await robin.runCommand({ command: COMMAND, text: "guide", channel: ALERTS });
  const guide = await slack.waitFor(() => robin.ephemerals()[before]);
  await robin.click({ text: words.guide.walk }, { in: guide });
  await slack.waitFor(() => robin.ephemerals().some(({ ts, edits }) => ts === guide.ts && edits > guide.edits));
}
