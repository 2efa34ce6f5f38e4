import { demoIds } from "../../graph/demo-tokens.ts";
import type { World, WorldOptions } from "../../world.ts";

const [ORDERS, SUPPORT] = ["orders-prod", "support-prod"];

/** The deployed tokens that the bot watches. */
export const WATCHES: readonly string[] = [ORDERS, SUPPORT];

const OWNER = "robin";

const entry = (name: string, source: string, rest: string): string => `  - name: ${name}
    source: ${source}
    phoneNumberId: "${demoIds.phone}"
    whatsappBusinessAccountId: "${demoIds.account}"
${rest}`;

/** Two people, so that private can be seen to be private; two channels, one of them shared with the outsider's side. */
export const PAGE_WORLD: WorldOptions = {
  mode: "socket",
  slack: {
    people: [
      { name: OWNER, realName: "Robin Operator" },
      { name: "guest", realName: "Guest of Partner Org", outsider: true },
    ],
    channels: [{ name: "general", shared: true }, { name: "wa-alerts" }],
  },
  watchlist: (source, slack) => `watches:
${entry(ORDERS, source(ORDERS), `    owner: ${slack.person(OWNER).id}\n    consumers: [checkout, crm]\n`)}
${entry(SUPPORT, source(SUPPORT), "    consumers: [helpdesk]\n")}`,
};

/** What is deployed at first: a token that never ends, and one of 60 days with five left, so there is an alert to see. */
export function deployPageTokens({ tokens, tokenFile }: World): void {
  tokenFile(ORDERS).write(tokens.never);
  tokenFile(SUPPORT).write(tokens.sixtyDay);
}
