import { describe, expect, it } from "vitest";
import type { Detail, ExchangeRefusal } from "../../../src/renewal/detail.ts";
import type { Outcome } from "../../../src/renewal/renewal.ts";
import { renewalFromRow, renewalToColumns } from "../../../src/store/tables/codec.ts";
import { aRenewal, aStep, ended, stepped } from "../contract/states.ts";

const message = "(#4) Application request limit reached";

/** One of each kind. A kind that is missing here does not compile. */
const DETAILS: { readonly [K in Detail["kind"]]: Detail & { readonly kind: K } } = {
  exchanged: { kind: "exchanged" },
  pasted: { kind: "pasted" },
  exchange_refused: { kind: "exchange_refused", refusal: "other", message },
  exchange_unanswered: { kind: "exchange_unanswered", message },
  not_begun: { kind: "not_begun", obstacle: "not_known", message, urgent: true },
  interrupted: { kind: "interrupted", source: "old" },
  paste_interrupted: { kind: "paste_interrupted", source: "other" },
  crashed: { kind: "crashed" },
  stopped: { kind: "stopped" },
  stopped_unheld: { kind: "stopped_unheld" },
  tested: { kind: "tested" },
  findings: { kind: "findings", codes: ["revoked"], texts: ["revoked"] },
  permissions_lost: { kind: "permissions_lost", scopes: ["whatsapp_business_messaging"] },
  not_reached: { kind: "not_reached", ids: ["100000000002001"] },
  ends_sooner: { kind: "ends_sooner" },
  ends_not_later: { kind: "ends_not_later" },
  same_token: { kind: "same_token" },
  type_not_known: { kind: "type_not_known" },
  end_not_known: { kind: "end_not_known" },
  token_of_watch: { kind: "token_of_watch", watch: "crm" },
  not_tested: { kind: "not_tested", message },
  saved: { kind: "saved" },
  already_there: { kind: "already_there" },
  person_saves: { kind: "person_saves" },
  not_saved: { kind: "not_saved", message },
  command_failed: { kind: "command_failed", message },
  place_changed: { kind: "place_changed" },
  read: { kind: "read" },
  still_old: { kind: "still_old" },
  other_token: { kind: "other_token" },
  restart_bot: { kind: "restart_bot" },
  not_read: { kind: "not_read", message },
  proven: { kind: "proven", consumers: 2 },
  confirmed: { kind: "confirmed" },
  no_proof: { kind: "no_proof" },
  old_in_use: { kind: "old_in_use", consumers: ["crm"] },
  proof_failed: { kind: "proof_failed", consumer: "crm", message },
  ended: { kind: "ended" },
  same_string: { kind: "same_string" },
  no_old_token: { kind: "no_old_token" },
  old_already_dead: { kind: "old_already_dead" },
  both_dead: { kind: "both_dead" },
  new_dead: { kind: "new_dead" },
  new_not_checked: { kind: "new_not_checked", message: "timed out" },
  revoke_unanswered: { kind: "revoke_unanswered", message },
  ended_unanswered: { kind: "ended_unanswered" },
  old_not_readable: { kind: "old_not_readable", message },
  old_still_used: { kind: "old_still_used", watches: ["crm"] },
  not_ended: { kind: "not_ended", message },
};

const REFUSALS: Readonly<Record<ExchangeRefusal, true>> = {
  expired: true,
  revoked: true,
  app_credentials: true,
  app_blocked: true,
  wrong_app: true,
  throttled: true,
  address_not_allowed: true,
  not_refreshable: true,
  unreachable: true,
  other: true,
};

describe("a stored renewal", () => {
  const again = (renewal: ReturnType<typeof aRenewal>) =>
    renewalFromRow({ id: renewal.id, ...renewalToColumns(renewal) });

  it.each(Object.values(DETAILS))("keeps the detail of a step: $kind", (detail) => {
    const renewal = stepped(aRenewal(), aStep({ detail }));
    expect(again(renewal)).toStrictEqual(renewal);
  });

  it.each(Object.keys(REFUSALS))("keeps the reason of a refused exchange: %s", (refusal) => {
    const detail = { kind: "exchange_refused", refusal: refusal as ExchangeRefusal, message } as const;
    const renewal = stepped(aRenewal(), aStep({ detail }));
    expect(again(renewal)).toStrictEqual(renewal);
  });

  it("keeps that the old token was dead, and reads rows that do not say it", () => {
    const { before } = aRenewal();
    for (const dead of [undefined, true] as const) {
      const renewal = aRenewal({ before: before && { ...before, ...(dead && { dead }) } });
      expect(again(renewal)).toStrictEqual(renewal);
    }
  });

  it.each<Outcome>(["done", "put_back", "unwatched"])("keeps its end: %s", (outcome) => {
    const renewal = ended(aRenewal(), { outcome, previousKept: true });
    expect(again(renewal)).toStrictEqual(renewal);
  });
});
