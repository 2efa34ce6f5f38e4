import { demoIds } from "../graph/tokens/demo-tokens.ts";
import type { World, WorldOptions } from "../world.ts";

/** The main watch of the story. */
export const WATCHED = "orders-prod";

export const DAY_MS = 86_400_000;

/** The story's watchlist: the deployed tokens of two services. The viewer owns the first watch. */
export const STORY_WORLD: WorldOptions = {
  mode: "socket",
  watchlist: (source, slack) => `watches:
  - name: ${WATCHED}
    source: ${source(WATCHED)}
    phoneNumberId: "${demoIds.phone}"
    whatsappBusinessAccountId: "${demoIds.account}"
    owner: ${slack.person("robin").id}
    consumers: [checkout, crm]
  - name: ${NEIGHBOUR}
    source: ${source(NEIGHBOUR)}
    phoneNumberId: "${demoIds.phone}"
    whatsappBusinessAccountId: "${demoIds.account}"
`,
};

/** A deployed token and its expiry date. */
export interface Deployed {
  readonly token: string;
  readonly endsAt: Date;
}

/**
 * Deploys the tokens: a 60-day token with 35 days left for the watched service, and a never-expiring token for the
 * other.
 */
export function deployTokens({ graph, tokens, tokenFile, clock }: World): Deployed {
  const endsAt = new Date(clock.now().getTime() + 35 * DAY_MS + HOUR_MS);
  const token = graph.issueToken({
    label: WATCHED,
    issuedAt: new Date(endsAt.getTime() - 60 * DAY_MS),
    expiresAt: endsAt,
  });
  tokenFile(WATCHED).write(token);
  tokenFile(NEIGHBOUR).write(tokens.never);
  return { token, endsAt };
}

const NEIGHBOUR = "support-prod";

const HOUR_MS = 3_600_000;
