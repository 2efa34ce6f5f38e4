import { asObjects } from "../../../slack/json.ts";
import type { SeenModal } from "../../../slack/people/driver.ts";
import { COMMAND } from "../../protocol/command.ts";
import { ALERTS } from "../page-world.ts";
import { at, inThread, type Scene, type Story } from "./story.ts";

const WATCH = "support-prod";

const modalTitled = ({ stage, robin }: Scene, title: string): Promise<SeenModal> =>
  stage.world.slack.waitFor(() => {
    const modal = robin.modal();
    return modal?.title === title ? modal : undefined;
  });

/** Asks about the token in hand, held against what the service needs. */
const checkNew = async (scene: Scene): Promise<void> => {
  const { robin, stage, kept } = scene;
  const raw = stage.desk.make(WATCH);
  kept.set("new", raw);
  await robin.runCommand({ command: COMMAND, text: `check ${WATCH}` });
  await modalTitled(scene, "Check a token");
  await robin.type({ blockId: /^check\.token\./ }, raw);
  await robin.submit();
  await modalTitled(scene, "Check result");
};

const readGuide = async ({ robin, stage }: Scene): Promise<void> => {
  const before = robin.ephemerals().length;
  await robin.runCommand({ command: COMMAND, text: "guide", channel: ALERTS });
  const guide = await stage.world.slack.waitFor(() => robin.ephemerals()[before]);
  const buttons = guide.blocks.filter(({ type }) => type === "actions").flatMap(({ elements }) => asObjects(elements));
  if (buttons.length > 0) await robin.click({ text: "Walk step by step" }, { in: guide });
};

/** The old token is replaced before anybody notices. */
export const ROTATION: Story = {
  id: "rotation",
  title: "A rotation done right",
  summary: "Guide, new token, check before deployment, fixed, and only then the old one goes.",
  deployment: "five_days_left",
  steps: [
    {
      caption: `${WATCH} has five days left. The bot says so, and what to do.`,
      look: at(ALERTS),
    },
    {
      caption: "Robin opens the guide, which walks through making a System User token. Nobody else sees it.",
      look: at(ALERTS),
      act: readGuide,
    },
    {
      caption: "The new token is checked before it is deployed, against what the service needs: Healthy.",
      look: at(ALERTS),
      act: checkNew,
    },
    {
      caption: "Now Robin deploys it. The bot reads the token anew at every check.",
      look: at(ALERTS),
      act: async ({ robin, stage, later, kept }) => {
        await later(1 / 4);
        await robin.closeModal({ all: true });
        stage.desk.deploy(WATCH, kept.get("new") ?? "");
      },
    },
    {
      caption: "“Check now” on the alert: a new token works, the alert is fixed.",
      look: inThread(ALERTS),
      act: ({ press }) => press(ALERTS, "Check now"),
    },
    {
      caption: "Only now the old token is revoked at Meta. Nothing depends on it: a day later all is quiet.",
      look: at(ALERTS),
      act: async ({ stage, later }) => {
        const [old] = stage.desk.deployed(WATCH);
        if (old !== undefined) stage.world.graph.revoke(old.raw);
        await later(24);
      },
    },
  ],
};
