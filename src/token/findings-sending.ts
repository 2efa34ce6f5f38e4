import type { Finding } from "./finding.ts";
import type { AssetFact, SendingEntity } from "./inspection.ts";
import { observe } from "./observe.ts";

type Reached = Extract<AssetFact, { readonly reach: "reached" }>;

/** What Meta says about sending with the assets that were reached, and which entity it is about. */
export const sendingFindings = (assets: readonly AssetFact[]): readonly Finding[] => {
  const reached = assets.filter((asset) => asset.reach === "reached");
  const blocked = reached.filter(({ sending }) => sending === "blocked");
  const limited = reached.filter(({ sending }) => sending === "limited");
  return [
    ...(blocked.length === 0 ? [] : [sendingFinding("sending_blocked", "critical", blocked)]),
    ...(limited.length === 0 ? [] : [sendingFinding("sending_limited", "info", limited)]),
  ];
};

const sendingFinding = (
  code: "sending_blocked" | "sending_limited",
  severity: Finding["severity"],
  assets: readonly Reached[],
): Finding =>
  observe(
    {
      code,
      severity,
      facts: {
        kind: "sending",
        entities: entitiesOf(assets),
        obstacles: [...new Set(assets.flatMap(({ obstacles }) => obstacles))],
      },
      objects: assets.map(({ id }) => id),
    },
    assets[0]?.evidence ?? null,
  );

/** Entities of `health_status` (WhatsApp messaging health status, read 2026-11). */
const OWN: Record<Reached["kind"], string> = { phone: "PHONE_NUMBER", waba: "WABA" };

/** Each once: two reads may name one and the same. Without named entities, the object whose health it is. */
const entitiesOf = (assets: readonly Reached[]): readonly SendingEntity[] => {
  const all = assets.flatMap(({ kind, id, obstructing }) => obstructing ?? [{ type: OWN[kind], id }]);
  return all.filter(({ type, id }, index) => all.findIndex((one) => one.type === type && one.id === id) === index);
};
