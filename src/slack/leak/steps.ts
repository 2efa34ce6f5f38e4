import type { Spans } from "../../guide/rich-text.ts";
import { systemUsersUrl } from "../../guide/deep-links.ts";
import { words } from "../../words/words.ts";
import type { SlackDeps } from "../requests/deps.ts";
import type { Leak } from "./examine-leaks.ts";
import { isDangerous, lifeOf } from "./life.ts";

/** The person who checks, and the means to renew. */
export interface StepOptions {
  readonly userId: string;
  readonly offerRenewal: SlackDeps["offerRenewal"];
  readonly guide: SlackDeps["guide"];
}

/** What to do about all tokens of a message together, most urgent first. */
export function stepsFor(leaks: readonly Leak[], options: StepOptions): readonly Spans[] {
  const dangerous = leaks.filter(isDangerous);
  const unsure = leaks.some((leak) => ["not_known", "waits"].includes(lifeOf(leak)));
  const deadHeld = leaks.some((leak) => lifeOf(leak) === "dead" && isHeld(leak));
  const held = dangerous.filter(isHeld);
  const [watch] = held[0]?.holders ?? [];
  if (dangerous.length === 0) {
    if (deadHeld) return [steps.replaceDead(), ...replacement(leaks.filter(isHeld), options), steps.deleteMessage()];
    const allDead = leaks.every((leak) => lifeOf(leak) === "dead");
    return [...(allDead ? [steps.nothingToRevoke()] : []), steps.deleteMessage()];
  }
  return [
    steps.deleteMessage(),
    ...(held.length > 0 || deadHeld ? replacement(leaks.filter(isHeld), options) : []),
    ...(dangerous.length > held.length ? [steps.findApp()] : []),
    steps.endAfter(held.some(({ holders }) => (holders ?? []).some((name) => isOffered(name, options)))),
    steps.abuse(systemUsersUrl(options.guide(watch))),
    ...(unsure ? [steps.again()] : []),
  ];
}

/** True when the person gets a button "Renew…" for the watch. */
export function mayRenew(watch: string, { userId, offerRenewal }: StepOptions): boolean {
  return offerRenewal?.admins.has(userId) === true && isOffered(watch, { offerRenewal });
}

const { steps } = words.leakCheck;

function isOffered(watch: string, { offerRenewal }: Pick<StepOptions, "offerRenewal">): boolean {
  return offerRenewal?.button(watch) !== undefined;
}

function isHeld({ holders }: Leak): boolean {
  return holders !== undefined && holders.length > 0;
}

/** The way to a new token for the watches that have a leaked one. */
function replacement(held: readonly Leak[], options: StepOptions): readonly Spans[] {
  const { offerRenewal } = options;
  const watches = held.flatMap(({ holders }) => holders ?? []);
  if (watches.some((watch) => mayRenew(watch, options))) return [steps.renew()];
  const offered = watches.some((watch) => isOffered(watch, options));
  const admins = [...(offerRenewal?.admins ?? [])].filter((id) => id !== options.userId);
  return [offered && admins.length > 0 ? steps.askAdmin(admins) : steps.replace()];
}
