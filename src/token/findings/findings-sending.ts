import type { Finding } from "./finding.ts";
import type { AssetFact, SendingEntity } from "../inspection.ts";
import { observe } from "./observe.ts";

/** Whether Meta blocks or limits sending for the assets that were reached, and which entities cause it. */
export function sendingFindings(assets: readonly AssetFact[]): readonly Finding[] {
  const reached = assets.filter((asset) => asset.reach === "reached");
  const blocked = reached.filter(({ sending }) => sending === "blocked");
  const limited = reached.filter(({ sending }) => sending === "limited");
  return [
    ...(blocked.length === 0 ? [] : [sendingFinding("sending_blocked", blocked)]),
    ...(limited.length === 0 ? [] : [sendingFinding("sending_limited", limited)]),
  ];
}

type Reached = Extract<AssetFact, { readonly reach: "reached" }>;

function sendingFinding(code: "sending_blocked" | "sending_limited", assets: readonly Reached[]): Finding {
  return observe(
    {
      code,
      facts: {
        kind: "sending",
        entities: entitiesOf(assets),
        obstacles: [...new Set(assets.flatMap(({ obstacles }) => obstacles))],
      },
      objects: assets.map(({ id }) => id),
    },
    assets[0]?.evidence ?? null,
  );
}

/** Entity types of `health_status` for the two kinds of asset (WhatsApp messaging health status, read 2026-11). */
const OWN: Record<Reached["kind"], string> = { phone: "PHONE_NUMBER", waba: "WABA" };

/**
 * The entities without duplicates, because two reads can name the same one. When Graph names none, the asset itself
 * counts.
 */
function entitiesOf(assets: readonly Reached[]): readonly SendingEntity[] {
  const all = assets.flatMap(({ kind, id, obstructing }) => obstructing ?? [{ type: OWN[kind], id }]);
  return all.filter(({ type, id }, index) => all.findIndex((one) => one.type === type && one.id === id) === index);
}
