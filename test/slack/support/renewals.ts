import type { RenewalAction } from "../../../src/renewal/audit.ts";
import type { Renewal } from "../../../src/renewal/renewal.ts";
import type { Renewed, Renewer } from "../../../src/renewal/renewer.ts";
import { renewButton } from "../../../src/slack/messages/alert/buttons.ts";
import type { Renewals, SlackDeps } from "../../../src/slack/requests/deps.ts";
import { aCard } from "../../support/builders.ts";
import { aRenewal } from "../../support/renewals.ts";
import { ANNA, createHarness } from "./harness.ts";
import { bookOf } from "../../../src/watch/watch-book.ts";

export const BEN = "U0BEN";

/** Calls of the renewer, without secrets: the tests look for the token in everything that is sent. */
type Call = readonly [method: string, ...args: readonly unknown[]];

export interface Staged {
  /** The renewal in the store. Undefined: none. */
  readonly stored?: Renewal | undefined;
  readonly offered?: readonly RenewalAction[];
  /** What each method of the renewer answers. */
  readonly renewer?: Partial<Renewer>;
  readonly renewals?: Partial<Renewals>;
  readonly deps?: Partial<SlackDeps>;
}

/** The bot with renewals on. Anna is an admin, Ben is not. The renewer answers with the stored renewal. */
export const withRenewals = (staged: Staged = {}) => {
  const stored = "stored" in staged ? staged.stored : aRenewal();
  const calls: Call[] = [];
  const refused: Call[] = [];
  const answer = (): Renewed =>
    stored === undefined ? { ok: false, obstacle: { kind: "no_renewal" } } : { ok: true, renewal: stored };
  const noted =
    (method: string) =>
    (...args: readonly unknown[]): Promise<Renewed> => {
      calls.push([method, ...args]);
      return Promise.resolve(answer());
    };
  const renewer: Renewer = {
    prepare: (watch, way) => {
      calls.push(["prepare", watch, way]);
      return Promise.resolve({ ok: true });
    },
    start: noted("start"),
    give: (watch, _secret, by, options) => noted("give")(watch, by, options),
    confirmInUse: noted("confirmInUse"),
    endOld: noted("endOld"),
    putBack: noted("putBack"),
    cancel: noted("cancel"),
    proceed: () => Promise.resolve(),
    ...staged.renewer,
  };
  const renewals: Renewals = {
    renewer,
    byId: (id) => Promise.resolve(stored?.id === id ? stored : undefined),
    offered: () => staged.offered ?? ["paste", "cancel"],
    ...staged.renewals,
  };
  const harness = createHarness({
    renewals,
    adminUsers: new Set([ANNA, "U0ROBIN"]),
    offerRenewal: { admins: new Set([ANNA, "U0ROBIN"]), button: renewButton },
    record: (entries) => {
      for (const entry of entries)
        if (entry.kind === "refused")
          refused.push(["refused", entry.attempt, entry.by.kind === "slack" ? entry.by.user : "", entry.watch]);
      return Promise.resolve();
    },
    cards: bookOf([{ ...aCard(), sourceNote: null }]),
    ...staged.deps,
  });
  const press = (action: string, value: string, fields: Record<string, unknown> = {}): Promise<void> =>
    harness.press(action, fields, { value });
  const pressAs = (user: string, action: string, value: string, team = "T0HOME"): Promise<void> =>
    press(action, value, { user: { id: user, team_id: team } });
  /** A submitted form. `values`: block ID to the element's state. */
  const submit = (
    form: string,
    metadata: string,
    values: Readonly<Record<string, object>>,
    user = ANNA,
    team = "T0HOME",
  ): Promise<void> =>
    harness.submit(
      {},
      {
        user: { id: user, team_id: team },
        view: {
          id: "V1",
          callback_id: form,
          private_metadata: metadata,
          state: { values: Object.fromEntries(Object.entries(values).map(([id, state]) => [id, { [id]: state }])) },
        },
      },
    );
  return { harness, calls, refused, press, pressAs, submit };
};
