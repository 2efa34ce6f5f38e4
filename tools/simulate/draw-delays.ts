import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/token/duration.ts";
import type { Played } from "./play-week.ts";

/** A chart of the longest delays: a line for each number of users, both axes logarithmic. Readable on light and dark. */
export function drawDelays(played: readonly Played[]): string {
  const sizes = [...new Set(played.map(({ tokens }) => tokens))];
  const place = scaleOf(sizes);
  const delays = DELAYS.map(({ ms, text }) => {
    const y = place.y(ms);
    return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/><text x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${text}</text>`;
  });
  const under = sizes.map(
    (tokens) => `<text x="${place.x(tokens)}" y="${HEIGHT - 28}" text-anchor="middle">${grouped(tokens)}</text>`,
  );
  const lines = [...Map.groupBy(played, ({ users }) => users)].map(([users, points], index) => {
    const path = points.map(({ tokens, worstDelayMs }) => `${place.x(tokens)},${place.y(worstDelayMs)}`).join(" ");
    const [first] = points;
    // The name stands where the line rises, because lines that need no more than the interval lie on each other.
    const named = points.find(({ worstDelayMs }) => worstDelayMs >= HOUR_MS) ?? first;
    const label =
      named === undefined
        ? ""
        : `<text x="${place.x(named.tokens) + 6}" y="${place.y(named.worstDelayMs) + 18}">${grouped(users)} ${users === 1 ? "user" : "users"}</text>`;
    return `<polyline points="${path}" stroke-dasharray="${DASHES[index % DASHES.length] ?? ""}"/>${label}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">
<title>Longest time until a revocation is found, by tokens and daily users of the Meta app</title>
<style>text{font:13px sans-serif;fill:#57606a}line{stroke:#8c959f;stroke-opacity:.3}polyline{fill:none;stroke:#0969da;stroke-width:2}@media(prefers-color-scheme:dark){text{fill:#9198a1}polyline{stroke:#4493f8}}</style>
${[...delays, ...under, ...lines].join("\n")}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">tokens of one Meta app</text>
</svg>
`;
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [720, 380, 90, 60, 20, 52];

const DELAYS = [
  { ms: 15 * MINUTE_MS, text: "15 minutes" },
  { ms: HOUR_MS, text: "1 hour" },
  { ms: 6 * HOUR_MS, text: "6 hours" },
  { ms: DAY_MS, text: "1 day" },
  { ms: 7 * DAY_MS, text: "≥ 7 days" },
];

const DASHES = ["", "8 4", "3 3", "10 3 2 3"];

/** Places in the picture. A delay that the week was too short for stands at the top. */
function scaleOf(sizes: readonly number[]) {
  const [least, most] = [Math.log(Math.min(...sizes)), Math.log(Math.max(...sizes))];
  const [soonest, latest] = [Math.log(10 * MINUTE_MS), Math.log(7 * DAY_MS)];
  const share = (value: number, from: number, to: number): number =>
    to === from ? 0 : (Math.log(value) - from) / (to - from);
  return {
    x: (tokens: number): number => Math.round(LEFT + 20 + share(tokens, least, most) * (WIDTH - LEFT - RIGHT - 40)),
    y: (ms: number): number => Math.round(HEIGHT - BOTTOM - share(ms, soonest, latest) * (HEIGHT - TOP - BOTTOM)),
  };
}

function grouped(number: number): string {
  return number.toLocaleString("en");
}
