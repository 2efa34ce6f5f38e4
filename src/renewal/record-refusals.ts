import type { RenewerDeps } from "./deps.ts";
import type { RenewalAction } from "./audit.ts";
import type { Actor } from "./renewal.ts";
import type { Renewed, Renewer } from "./renewer.ts";

/** The same deeds. A person's attempt that is refused, for any reason, is also saved in the audit. */
export function recordRefusals({ store, card, now, log }: RenewerDeps, deeds: Deeds): Deeds {
  const noted = async (
    renewed: Renewed,
    attempt: RenewalAction,
    by: Actor,
    watchOf: () => Promise<string | null>,
  ): Promise<Renewed> => {
    if (renewed.ok || by.kind === "bot") return renewed;
    try {
      await store.record([{ kind: "refused", at: now(), by, watch: await watchOf(), attempt }]);
    } catch (error) {
      log.warn({ err: error, attempt }, "could not save a refused attempt in the audit");
    }
    return renewed;
  };
  const known = async (watch: string): Promise<string | null> => (card(watch) === undefined ? null : watch);
  const onOpen =
    (attempt: RenewalAction, deed: Renewer["cancel"]): Renewer["cancel"] =>
    async (id, by) =>
      noted(await deed(id, by), attempt, by, async () => (await store.renewalById(id))?.watch ?? null);

  return {
    start: async (watch, way, by) => noted(await deeds.start(watch, way, by), "renew", by, () => known(watch)),
    give: async (watch, secret, by, options) =>
      noted(await deeds.give(watch, secret, by, options), "paste", by, () => known(watch)),
    confirmInUse: onOpen("confirm_in_use", deeds.confirmInUse),
    endOld: onOpen("end_old", deeds.endOld),
    putBack: onOpen("put_back", deeds.putBack),
    cancel: onOpen("cancel", deeds.cancel),
  };
}

/** What people do: every method of a renewer that can refuse them. */
type Deeds = Pick<Renewer, "start" | "give" | "confirmInUse" | "endOld" | "putBack" | "cancel">;
