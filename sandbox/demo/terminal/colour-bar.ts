import type { Look } from "./span.ts";

/** The name of a colour, and the closest look in a terminal. */
export interface NamedColour {
  readonly word: string;
  readonly look: Look;
}

/** The name of an attachment's colour, which is `#rrggbb` or one of Slack's three words. */
export function namedColour(colour: string | undefined): NamedColour {
  const known: Readonly<Record<string, string>> = { good: "#2eb67d", warning: "#daa038", danger: "#d72b3f" };
  const hex = /^#?([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(known[colour ?? ""] ?? colour ?? "");
  if (hex === null) return GREY;
  const [red = 0, green = 0, blue = 0] = hex.slice(1).map((part) => Number.parseInt(part, 16));
  const hue = hueOf(red, green, blue);
  return hue === undefined ? GREY : (HUES.find(([end]) => hue < end)?.[1] ?? GREY);
}

const GREY: NamedColour = { word: "grey", look: "quiet" };

/** Sorted by hue in degrees: the first entry with a larger number applies. */
const HUES: readonly (readonly [number, NamedColour])[] = [
  [20, { word: "red", look: "bad" }],
  [70, { word: "amber", look: "warning" }],
  [170, { word: "green", look: "good" }],
  [270, { word: "blue", look: "mention" }],
  [320, { word: "violet", look: "mention" }],
  [361, { word: "red", look: "bad" }],
];

function hueOf(red: number, green: number, blue: number): number | undefined {
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  if (spread < 24) return undefined;
  if (most === red) return (((green - blue) / spread) * 60 + 360) % 360;
  if (most === green) return ((blue - red) / spread) * 60 + 120;
  return ((red - green) / spread) * 60 + 240;
}
