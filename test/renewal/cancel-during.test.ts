import { describe, expect, it } from "vitest";
import { createRenewer } from "../../src/renewal/create-renewer.ts";
import type { RenewerDeps } from "../../src/renewal/deps.ts";
import type { WriteTarget } from "../../src/renewal/ports.ts";
import { actionsOf } from "../../src/renewal/rules/next-step.ts";
import { terminalText } from "../../src/words/plain-text.ts";
import { renewalText } from "../../src/words/renewal/renewal-text.ts";
import { openMemoryStore } from "../support/memory-store.ts";
import { DAY, ROBIN } from "./renewals.ts";
import { FILE, World } from "./world.ts";

const EXEC: WriteTarget = { kind: "exec", argv: ["vault"] };

/** A call of the work, during which a person presses Cancel. */
type During = "exchange" | "examine" | "save" | "putBack" | "revoke";

/** A world with the real store. A person cancels the renewal inside one call. */
const setUp = async (write: WriteTarget = FILE) => {
  const world = new World();
  world.settings = { ...world.settings, write };
  const store = await openMemoryStore();
  const deps: RenewerDeps = { ...world.deps(), store };
  const renewer = createRenewer(deps);
  const id = "renewal-1";
  const cancelIn = (during: During) => {
    const cancelling = async <T>(work: () => Promise<T>): Promise<T> => {
      if (during !== "save" && during !== "putBack" && during !== "revoke") {
        const result = await work();
        await renewer.cancel(id, ROBIN);
        return result;
      }
      await renewer.cancel(id, ROBIN);
      return work();
    };
    const { writer, exchange, examine, revoke } = deps;
    return createRenewer({
      ...deps,
      ...(during === "exchange" && { exchange: (...given) => cancelling(() => exchange(...given)) }),
      ...(during === "revoke" && { revoke: (...given) => cancelling(() => revoke(...given)) }),
      ...(during === "examine" && {
        // The old token is examined before the renewal begins.
        examine: async (...given) =>
          (await store.renewalById(id)) === undefined ? examine(...given) : cancelling(() => examine(...given)),
      }),
      writer: {
        ...writer,
        ...(during === "save" && { save: (...given) => cancelling(() => writer.save(...given)) }),
        ...(during === "putBack" && { putBack: (...given) => cancelling(() => writer.putBack(...given)) }),
      },
    });
  };
  const renewal = async () => {
    const found = await store.renewalById(id);
    if (found === undefined) throw new Error("there is no renewal");
    return found;
  };
  /** What the message says. */
  const said = async (): Promise<string> => {
    const { headline, current, facts } = renewalText(await renewal(), actionsOf(await renewal()));
    return [headline, ...current, ...facts].map(terminalText).join("\n");
  };
  /** The steps and ends in the audit, oldest first. */
  const audit = async (): Promise<readonly string[]> =>
    (await store.audit({ limit: 20 })).toReversed().flatMap((entry) => {
      if (entry.kind === "refused") return [`refused ${entry.attempt}`];
      if (entry.kind !== "renewal") return [];
      const { event } = entry;
      if (event.kind === "step") return [`${event.result.step} ${event.result.state} ${event.result.detail.kind}`];
      return event.kind === "ended" ? [`ended ${event.outcome}`] : [];
    });
  return { world, store, renewer, id, cancelIn, renewal, said, audit };
};

/** A token that is saved and confirmed as used. */
const inUse = async () => {
  const set = await setUp();
  await set.renewer.start("orders-prod", "refresh", ROBIN);
  await set.renewer.proceed();
  await set.renewer.confirmInUse(set.id, ROBIN);
  return set;
};

describe("a person who cancels", () => {
  it.each([
    ["a file", FILE],
    ["a command", EXEC],
  ])("during the exchange learns that nobody holds the new token: %s", async (_, write) => {
    const { world, cancelIn, renewal, said, audit } = await setUp(write);
    const renewed = await cancelIn("exchange").start("orders-prod", "refresh", ROBIN);
    expect(renewed).toMatchObject({ ok: true, renewal: { outcome: "cancelled", working: false } });
    expect([await renewal(), world.saved]).toMatchObject([{ outcome: "cancelled", working: false }, []]);
    expect(await said()).toMatch(/renewal cancelled.*Nobody holds that token.*To be saved in/s);
    expect(await audit()).toEqual(["ended cancelled", "obtain done exchanged", "test failed stopped_unheld"]);
  });

  it("during an exchange that gives the same string reads of no second token", async () => {
    const { world, cancelIn, said, audit } = await setUp();
    world.exchanged = () => ({ ok: true, secret: world.issue("old", 60) });
    await cancelIn("exchange").start("orders-prod", "refresh", ROBIN);
    expect(await said()).not.toContain("obody holds");
    expect((await audit()).at(-1)).toBe("test failed stopped");
  });

  it("during a refused exchange sees the refusal", async () => {
    const { world, cancelIn, said } = await setUp();
    world.exchanged = () => ({ ok: false, kind: "unanswered", message: "Too slow." });
    await cancelIn("exchange").start("orders-prod", "refresh", ROBIN);
    expect(await said()).toMatch(/renewal cancelled.*Meta may have made a token that nobody holds/s);
  });

  it("during the test stops before the write, and keeps no copy", async () => {
    const { world, cancelIn, renewal, said, audit } = await setUp();
    await cancelIn("examine").start("orders-prod", "refresh", ROBIN);
    expect([world.saved, await renewal()]).toMatchObject([[], { outcome: "cancelled", previousKept: false }]);
    expect(await said()).toMatch(/Nobody holds that token/);
    expect((await audit()).slice(-3)).toEqual(["ended cancelled", "test done tested", "write failed stopped_unheld"]);
  });

  it("during a failed test sees its result", async () => {
    const { world, cancelIn, said } = await setUp();
    world.exchanged = () => ({ ok: true, secret: world.issue("fresh", 9) });
    await cancelIn("examine").start("orders-prod", "refresh", ROBIN);
    expect(await said()).toMatch(/renewal cancelled.*does not last longer/s);
  });

  it("during the test of a pasted token still has it", async () => {
    const { world, cancelIn, said, audit } = await setUp();
    const given = world.issue("given", 60);
    await cancelIn("examine").give("orders-prod", given, ROBIN, { acceptSooner: false });
    expect([world.saved, await said()]).toEqual([[], expect.stringMatching(/did not save the new token\./)]);
    expect(await said()).not.toContain("obody holds");
    expect((await audit()).at(-1)).toBe("write failed stopped");
  });

  it.each([
    ["a file", FILE, true],
    ["a command", EXEC, false],
  ])("during the write sees that the token is saved: %s", async (_, write, previousKept) => {
    const { world, renewer, cancelIn, renewal, said, audit } = await setUp(write);
    await cancelIn("save").start("orders-prod", "refresh", ROBIN);
    expect(world.onDisk()).toBe(world.print("fresh"));
    expect(await renewal()).toMatchObject({ outcome: "cancelled", working: false, previousKept });
    expect(await said()).toMatch(/renewal cancelled.*What was saved stays saved.*The new token is saved.*^Saved in/ms);
    expect((await audit()).slice(-2)).toEqual(["ended cancelled", "write done saved"]);
    world.time.pass(7 * DAY);
    await renewer.proceed();
    expect(await renewal()).toMatchObject({ previousKept: false });
  });

  it.each([
    ["a file", FILE, "not_saved"],
    ["a command", EXEC, "command_failed"],
  ])("during a failing write sees the reason: %s", async (_, write, kind) => {
    const { world, cancelIn, audit } = await setUp(write);
    world.full = true;
    await cancelIn("save").start("orders-prod", "refresh", ROBIN);
    expect((await audit()).slice(-2)).toEqual(["ended cancelled", `write failed ${kind}`]);
  });

  it("while the old token is put back sees that it is back", async () => {
    const { world, id, cancelIn, renewal, said, audit } = await inUse();
    expect(await cancelIn("putBack").putBack(id, ROBIN)).toMatchObject({ ok: true });
    expect([world.onDisk(), world.kept()]).toEqual([world.print("old"), ""]);
    expect(await renewal()).toMatchObject({ outcome: "put_back", previousKept: false });
    expect(await said()).toMatch(/old token put back.*The old token was put back\./s);
    expect(await said()).not.toContain("stays saved");
    expect((await audit()).slice(-2)).toEqual(["ended cancelled", "ended put_back"]);
  });

  it("while the old token is ended sees that it is dead", async () => {
    const { world, id, cancelIn, renewal, said, audit } = await inUse();
    expect(await cancelIn("revoke").endOld(id, ROBIN)).toMatchObject({ ok: true, renewal: { outcome: "cancelled" } });
    expect([world.isAlive(world.print("old")), world.kept()]).toEqual([false, ""]);
    expect(await renewal()).toMatchObject({ outcome: "cancelled", previousKept: false });
    expect(await said()).toMatch(/renewal cancelled.*Meta revoked the old token/s);
    expect((await audit()).slice(-2)).toEqual(["ended cancelled", "end_old done ended"]);
  });

  it("is counted once", async () => {
    const { id, store, world } = await inUse();
    const ends: (string | null)[] = [];
    const deps: RenewerDeps = {
      ...world.deps(),
      store,
      onSaved: ({ outcome }, isEnd) => void (isEnd && ends.push(outcome)),
    };
    const renewer = createRenewer({
      ...deps,
      writer: {
        ...deps.writer,
        putBack: async (...given) => {
          await renewer.cancel(id, ROBIN);
          return deps.writer.putBack(...given);
        },
      },
    });
    await renewer.putBack(id, ROBIN);
    expect(ends).toEqual(["cancelled"]);
  });
});
