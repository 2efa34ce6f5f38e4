import { alertStories, replyStories } from "./alert-stories.ts";
import { checkStories } from "./check-stories.ts";
import { groupStories } from "./group-stories.ts";
import { homeStories } from "./home-stories.ts";
import { listStories, reportStories } from "./message-stories.ts";
import { renewalStories } from "./stories/renewal-stories.ts";

/** A section of docs/message-samples.md. */
interface Section {
  /** The first word of its samples' names in other documents. */
  readonly kind: string;
  readonly heading: string;
  readonly about: string;
  /** The samples by their headings. */
  readonly stories: Readonly<Record<string, string>>;
}

const SECTIONS: readonly Section[] = [
  {
    kind: "alert",
    heading: "Alerts",
    about: "Each watch with a problem has one message. The bot edits it until the problem is fixed.",
    stories: alertStories,
  },
  {
    kind: "reply",
    heading: "Replies in the thread",
    about: "The bot posts each change of an alert in the thread of its message.",
    stories: replyStories,
  },
  {
    kind: "group",
    heading: "Groups of alerts",
    about: "When one cause affects many watches, one message lists their alerts.",
    stories: groupStories,
  },
  {
    kind: "list",
    heading: "Escalations, fallback messages and reminders",
    about:
      "These messages show alerts that also have a message of their own. Every change of such an alert edits them. A reply in their thread reports each acknowledgement, each snooze and each fix.",
    stories: listStories,
  },
  {
    kind: "report",
    heading: "Reports",
    about: "The bot sends a report once and does not edit it later.",
    stories: reportStories,
  },
  {
    kind: "renewal",
    heading: "Renewals",
    about:
      "A renewal has one message in the channel of its watch. The bot edits it at each step, and its thread has a line for each step. It never shows a token.",
    stories: renewalStories,
  },
  {
    kind: "home",
    heading: "Home and status",
    about: "The bot's page in Slack, and the private answer to `/wa-token status orders-prod`.",
    stories: homeStories,
  },
  {
    kind: "check",
    heading: "Private answers",
    about:
      "Only the person who asks sees these answers. The terminal shows the same result, and `check --json` prints it for scripts.",
    stories: checkStories,
  },
];

/** Every sample for the documents, by the name in the comment before its fenced block. */
export const samples: Readonly<Record<string, string>> = Object.fromEntries(
  SECTIONS.flatMap(({ kind, stories }) =>
    Object.entries(stories).map(([heading, text]) => [`${kind} ${heading}`, text] as const),
  ),
);

/** The page that the program writes. It has every sample. */
export const SAMPLES_PAGE = "docs/message-samples.md";

/** The documents that show some of the samples between their own text. */
export const SAMPLED = ["docs/commands.md"] as const;

/** The whole page of samples. */
export function samplesPage(): string {
  return [INTRODUCTION, ...SECTIONS.map(sectionText)].join("\n\n").concat("\n");
}

/** The samples that a document currently contains. */
export function shownIn(document: string): readonly { readonly name: string; readonly text: string }[] {
  return [...document.matchAll(SAMPLE)].map(([, , name = "", text = ""]) => ({ name, text }));
}

/** The document with the program's current output for every sample. Throws for an unknown name. */
export function refresh(document: string): string {
  return document.replaceAll(SAMPLE, (_all, before: string, name: string, _text: string, end: string) => {
    const text = samples[name];
    if (text === undefined) throw new Error(`there is no sample ${name}`);
    return `${before}${text}${end}`;
  });
}

const SAMPLE = /(<!-- sample: (.+?) -->\n+```\w+\n)([\s\S]*?)(\n```)/g;

const INTRODUCTION = `# Samples of messages

<!-- The program writes this page. Do not edit it. Run: node tools/refresh-samples.ts && npm run format -->

This page shows every kind of message as text, with times in UTC. \`@owner\`, \`@oncall\` and \`@colleague\` stand for people
and user groups, and \`#alerts\` stands for the channel.
[Alerts](alerts.md) explains when the bot sends each message.

${SECTIONS.map(({ heading }) => `- [${heading}](#${heading.toLowerCase().replaceAll(",", "").replaceAll(" ", "-")})`).join("\n")}`;

function sectionText({ heading, about, stories }: Section): string {
  return [`## ${heading}`, about, ...Object.entries(stories).map(sampleText)].join("\n\n");
}

function sampleText([heading, text]: readonly [string, string]): string {
  return `### ${heading}\n\n\`\`\`${text.startsWith("{") ? "json" : "text"}\n${text}\n\`\`\``;
}
