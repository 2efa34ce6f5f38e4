import { describe, expect, it } from "vitest";
import type { Detail, ExchangeRefusal } from "../../../src/renewal/detail.ts";
import { type RenewalAction, RENEWAL_ACTIONS } from "../../../src/renewal/audit.ts";
import type { Obstacle } from "../../../src/renewal/renewer.ts";
import { words } from "../../../src/words/words.ts";
import { aRenewal } from "../../support/renewals.ts";
import { read } from "../support/read.ts";

const REFUSALS: Readonly<Record<ExchangeRefusal, RegExp>> = {
  expired: /has expired.*checklist/,
  revoked: /was revoked.*checklist/,
  app_credentials: /app ID or app secret.*restart the bot/,
  app_blocked: /blocks the app.*No new token helps/,
  wrong_app: /another app/,
  throttled: /limits the calls.*Something odd\..*when the limit is over/,
  address_not_allowed: /address.*allow list/,
  not_refreshable: /this kind of token.*checklist/,
  unreachable: /No call reached Meta, so it made no token\. Something odd\./,
  other: /^Meta refused to refresh the token\. Something odd\./,
};

const message = "Something odd";

/** One sentence for each kind. A kind that is missing here does not compile. */
const DETAILS: { readonly [K in Detail["kind"]]: readonly [Extract<Detail, { readonly kind: K }> | Detail, RegExp] } = {
  exchanged: [{ kind: "exchanged" }, /^Meta made a new token\.$/],
  pasted: [{ kind: "pasted" }, /pasted a new token/],
  exchange_refused: [{ kind: "exchange_refused", refusal: "other", message }, /The old token is unchanged\.$/],
  exchange_unanswered: [{ kind: "exchange_unanswered", message }, /a token that nobody holds/],
  not_begun: [
    { kind: "not_begun", obstacle: "not_known", message, urgent: false },
    /could not begin the refresh: Something odd\. Check that the bot reaches Meta.*says nothing about the token.*no new one\.$/,
  ],
  interrupted: [
    { kind: "interrupted", source: "old" },
    /source still gives the old token\..*nobody holds\. Start again\.$/,
  ],
  paste_interrupted: [
    { kind: "paste_interrupted", source: "not_known" },
    /does not know which token the source gives now\. Start again and paste the new token\.$/,
  ],
  crashed: [{ kind: "crashed" }, /stopped in the middle.*Make the source readable.*ends after 7 days/],
  stopped: [{ kind: "stopped" }, /ended meanwhile, so the bot did not save the new token\.$/],
  stopped_unheld: [{ kind: "stopped_unheld" }, /that Meta made\. Nobody holds that token/],
  tested: [{ kind: "tested" }, /reaches every configured ID/],
  findings: [
    { kind: "findings", codes: ["wrong_app"], texts: ["The token belongs to another Meta app."] },
    /another Meta app\. The bot saved nothing\.$/,
  ],
  permissions_lost: [{ kind: "permissions_lost", scopes: ["one", "two"] }, /lacks one and two.*these permissions/],
  not_reached: [{ kind: "not_reached", ids: ["1001"] }, /cannot reach the ID 1001\..*The bot saved nothing/],
  ends_sooner: [{ kind: "ends_sooner" }, /ends sooner.*accept the earlier end/],
  ends_not_later: [{ kind: "ends_not_later" }, /does not last longer/],
  same_token: [{ kind: "same_token" }, /had this token already when the renewal started/],
  type_not_known: [{ kind: "type_not_known" }, /what type.*The bot saved nothing/],
  end_not_known: [{ kind: "end_not_known" }, /when the new token ends.*The bot saved nothing/],
  token_of_watch: [
    { kind: "token_of_watch", watch: "crm-prod" },
    /belongs to the watch crm-prod\. .* share one token, save it in the other place by hand/,
  ],
  not_tested: [{ kind: "not_tested", message }, /could not be tested: Something odd\. The bot saved nothing/],
  saved: [{ kind: "saved" }, /is saved/],
  already_there: [{ kind: "already_there" }, /^The new token is saved already\.$/],
  person_saves: [{ kind: "person_saves" }, /a person saves it/],
  not_saved: [{ kind: "not_saved", message }, /^Something odd\. The place is unchanged\.$/],
  command_failed: [
    { kind: "command_failed", message },
    /^Something odd\. The command may have saved.*Look which token/,
  ],
  place_changed: [{ kind: "place_changed" }, /did not overwrite it/],
  read: [{ kind: "read" }, /reads the new token/],
  still_old: [{ kind: "still_old" }, /source still gives the old token/],
  other_token: [{ kind: "other_token" }, /neither the old nor the new/],
  restart_bot: [{ kind: "restart_bot" }, /Restart the bot/],
  not_read: [{ kind: "not_read", message }, /cannot read the source: Something odd\./],
  proven: [{ kind: "proven", consumers: 2 }, /^2 apps use the new token\.$/],
  confirmed: [{ kind: "confirmed" }, /person confirmed/],
  no_proof: [{ kind: "no_proof" }, /a person confirms it/],
  old_in_use: [{ kind: "old_in_use", consumers: ["checkout"] }, /Still with the old token: checkout/],
  proof_failed: [{ kind: "proof_failed", consumer: "checkout", message }, /^checkout did not say.*Something odd\.$/],
  ended: [{ kind: "ended" }, /It is dead, and the new one works/],
  same_string: [{ kind: "same_string" }, /no old token to end/],
  no_old_token: [{ kind: "no_old_token" }, /no old token/],
  old_already_dead: [{ kind: "old_already_dead" }, /already dead/],
  new_dead: [{ kind: "new_dead" }, /new token is dead.+put it back/],
  new_not_checked: [
    { kind: "new_not_checked", message: "It timed out" },
    /old token is dead, but the new one could not/,
  ],
  both_dead: [{ kind: "both_dead" }, /Both tokens are dead now\. Generate/],
  revoke_unanswered: [
    { kind: "revoke_unanswered", message },
    /does not know whether Meta did: Something odd\. Try to end it again to find out/,
  ],
  ended_unanswered: [{ kind: "ended_unanswered" }, /old token is dead, and the new one works\..*had asked Meta before/],
  old_not_readable: [
    { kind: "old_not_readable", message },
    /cannot read the old token.*ends every token of its system user/,
  ],
  old_still_used: [
    { kind: "old_still_used", watches: ["crm-prod"] },
    /^crm-prod still uses the old token, so nothing was ended\. Save the new token there by hand/,
  ],
  not_ended: [{ kind: "not_ended", message }, /could not be ended: Something odd\./],
};

describe("the detail of a step", () => {
  it.each(Object.values(DETAILS))("is a sentence: %j", (detail, said) => {
    expect(read(words.renewal.detail(detail))).toMatch(said);
  });

  it.each(Object.entries(REFUSALS))("a refused exchange says what to do: %s", (refusal, said) => {
    const text = read(words.renewal.detail({ kind: "exchange_refused", refusal: refusal as ExchangeRefusal, message }));
    expect(text).toMatch(said);
    const isDead = refusal === "expired" || refusal === "revoked";
    expect(text.endsWith("The old token is unchanged.")).toBe(!isDead);
  });

  it("shows a text from outside literally, on one line, and not all of it", () => {
    const text = read(words.renewal.detail({ kind: "not_saved", message: `a\nb ${"x".repeat(5_000)}` }));
    expect(text).toMatch(/^a b x+…/);
    expect(text.length).toBeLessThan(400);
  });
});

const OBSTACLES: {
  readonly [K in Obstacle["kind"]]: readonly [Extract<Obstacle, { readonly kind: K }> | Obstacle, RegExp];
} = {
  no_app: [{ kind: "no_app" }, /META_APP_ID and META_APP_SECRET/],
  no_ids: [{ kind: "no_ids" }, /phoneNumberId or whatsappBusinessAccountId/],
  no_write: [{ kind: "no_write" }, /no place to save.*checklist.*renew: write/],
  never_token: [{ kind: "never_token" }, /never expires.*checklist/],
  dead_token: [{ kind: "dead_token" }, /no longer works, so Meta cannot refresh it.*checklist/],
  not_system_user: [{ kind: "not_system_user" }, /only tokens of a system user.*checklist/],
  not_known: [{ kind: "not_known", message }, /Something odd\. Try again/],
  source_unreadable: [{ kind: "source_unreadable", message }, /cannot read the token.*Something odd\./],
  cannot_write: [{ kind: "cannot_write", message }, /^Something odd\. Nothing was changed\.$/],
  already_open: [{ kind: "already_open", renewal: aRenewal() }, /orders-prod is already open, started by U0ANNA/],
  place_busy: [{ kind: "place_busy", watch: "crm-prod" }, /crm-prod saves its token in the same place/],
  unknown_watch: [{ kind: "unknown_watch" }, /no longer watches/],
  no_renewal: [{ kind: "no_renewal" }, /no longer knows this renewal/],
  not_now: [{ kind: "not_now" }, /at another step now, so nothing was changed/],
  crashed: [{ kind: "crashed" }, /stopped in the middle of this renewal.*Make the source readable/],
  already_ended: [{ kind: "already_ended" }, /has ended already\. Nothing more was changed\. Start a new one/],
  just_saved: [{ kind: "just_saved" }, /saved only now.*Restart the apps/],
  busy: [{ kind: "busy" }, /working on this renewal right now/],
};

describe("an obstacle", () => {
  it.each(Object.values(OBSTACLES))("has a sentence with the way on: %j", (obstacle, said) => {
    const text = read(words.renewal.obstacle(obstacle));
    expect(text).toMatch(said);
    expect(text.split(/[.!?] /).length).toBeGreaterThan(1);
  });

  it("of putting back a dead token speaks of the old token", () => {
    expect(read(words.renewal.obstacle({ kind: "dead_token" }, "put_back"))).toMatch(
      /old token no longer works, so it was not put/,
    );
  });
});

it.each<RenewalAction>([...RENEWAL_ACTIONS])("the button %s has a text and a label that contains it", (action) => {
  const { text, label } = words.renewal.buttons[action];
  expect(label.startsWith(text.replace("…", ""))).toBe(true);
  expect(label.length).toBeLessThanOrEqual(75);
});
