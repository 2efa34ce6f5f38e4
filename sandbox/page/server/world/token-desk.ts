import { demoIds } from "../../../graph/tokens/demo-tokens.ts";
import type { GraphToken } from "../../../graph/state.ts";
import type { TokenApp } from "../../../app/token-app.ts";
import type { World } from "../../../world.ts";
import { TOKEN_VERBS, type TokenVerb } from "../../protocol/world-view.ts";
import { HttpError } from "../http.ts";
import { WATCH_PLANS, type WatchPlan } from "../page-world.ts";
import { createSignal, type Signal } from "../signal.ts";
import { createVerbs, isAssigned, type Subject } from "./verbs.ts";

/** A token that is or was deployed for a watch. */
export interface Deployed {
  readonly raw: string;
  readonly token: GraphToken;
  readonly from: Date;
}

/** All actions on the deployed tokens, with undo. Throws HttpError for an unknown watch. */
export interface TokenDesk extends Pick<Signal, "onChange"> {
  /** Every token that a person or the bot deployed for a watch; the current one is last. */
  readonly deployed: (watch: string) => readonly Deployed[];
  readonly possible: (watch: string) => readonly TokenVerb[];
  /** Throws HttpError for an action that would change nothing. */
  readonly act: (watch: string, verb: TokenVerb) => void;
  readonly lastVerb: (watch: string) => TokenVerb | null;
  readonly undo: (watch: string) => void;
  /** Issues a new healthy token at Meta without deploying it. */
  readonly make: (watch: string) => string;
  readonly deploy: (watch: string, raw: string) => void;
  /** The app that uses the token of a watch; undefined when the world has none. */
  readonly app: (watch: string) => TokenApp | undefined;
  /** The app reads its token again. Throws HttpError without an app. */
  readonly restartApp: (watch: string) => void;
}

export function createTokenDesk(world: World, first: ReadonlyMap<string, string>): TokenDesk {
  const { graph, clock, tokenFile } = world;
  const { onChange, emit } = createSignal();
  const atMeta = createVerbs(graph);
  let made = 0;

  const deployedNow = (raw: string): Deployed => {
    const token = graph.state.tokens.get(raw);
    if (token === undefined) throw new HttpError(404, "Meta does not know this token.");
    return { raw, token, from: clock.now() };
  };
  const places = WATCH_PLANS.map((plan): Place => {
    return { plan, deployed: [deployedNow(first.get(plan.name) ?? "")], done: [] };
  });
  /** A renewal of the bot changes the file only. Nothing announces it, so the desk looks at the file at each use. */
  const noticeRenewal = ({ plan, deployed }: Place): void => {
    const raw = tokenFile(plan.name).read();
    if (raw !== deployed.at(-1)?.raw) deployed.push(deployedNow(raw));
  };
  const placeOf = (watch: string): Place => {
    const place = places.find(({ plan }) => plan.name === watch);
    if (place === undefined) throw new HttpError(404, "There is no watch with this name.");
    noticeRenewal(place);
    return place;
  };
  const appOf = (watch: string): TokenApp | undefined => (world.apps.includes(watch) ? world.app(watch) : undefined);
  const put = ({ plan, deployed }: Place, raw: string): void => {
    deployed.push(deployedNow(raw));
    tokenFile(plan.name).write(raw);
    appOf(plan.name)?.restart();
  };

  const make = ({ name, user, token }: WatchPlan): string => {
    const issuedAt = new Date(clock.now().getTime() - MADE_BEFORE_MS);
    made += 1;
    // The guide also tells people to assign the account.
    graph.assign(demoIds.account, user);
    return graph.issueToken({
      label: `${name}-new-${made}`,
      userId: user,
      issuedAt,
      expiresAt: token === "sixtyDay" ? new Date(issuedAt.getTime() + SIXTY_DAYS_MS) : "never",
    });
  };

  /** Returns a function that performs the verb; undefined when the verb would change nothing. */
  const prepared = (place: Place, verb: TokenVerb): (() => () => void) | undefined => {
    const { plan } = place;
    const last = place.deployed.at(-1);
    if (last === undefined) return undefined;
    const { raw, token } = last;
    const subject: Subject = { raw, token, phone: plan.phone, user: plan.user };
    if (verb !== "rotate") return atMeta[verb](subject);
    return () => {
      const wasAssigned = isAssigned(graph, plan.user);
      put(place, make(plan));
      return () => {
        put(place, raw);
        if (!wasAssigned) graph.unassign(demoIds.account, plan.user);
      };
    };
  };

  return {
    onChange,
    deployed: (watch) => placeOf(watch).deployed,
    possible: (watch) => TOKEN_VERBS.filter((verb) => prepared(placeOf(watch), verb) !== undefined),
    act: (watch, verb) => {
      const place = placeOf(watch);
      const perform = prepared(place, verb);
      if (perform === undefined) throw new HttpError(409, "This would change nothing.");
      place.done.push({ verb, undo: perform() });
      emit();
    },
    lastVerb: (watch) => placeOf(watch).done.at(-1)?.verb ?? null,
    undo: (watch) => {
      const last = placeOf(watch).done.pop();
      if (last === undefined) throw new HttpError(409, "There is nothing to undo.");
      last.undo();
      emit();
    },
    app: appOf,
    restartApp: (watch) => {
      const app = appOf(watch);
      if (app === undefined) throw new HttpError(404, "No app of this world uses this token.");
      app.restart();
      emit();
    },
    make: (watch) => make(placeOf(watch).plan),
    deploy: (watch, raw) => {
      put(placeOf(watch), raw);
      emit();
    },
  };
}

interface Place {
  readonly plan: WatchPlan;
  readonly deployed: Deployed[];
  readonly done: { readonly verb: TokenVerb; readonly undo: () => void }[];
}

/** Time between issuing a token and deploying it. It also keeps the expiry off the bot's ticks. */
const MADE_BEFORE_MS = 3 * 60_000;

const SIXTY_DAYS_MS = 60 * 86_400_000;
