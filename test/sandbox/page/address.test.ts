import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressOf, type Kept, readAddress } from "../../../sandbox/page/client/state/address.ts";
import { fakeToken } from "../../../sandbox/fake-token.ts";

const conversations = ["wa-alerts", "general"].map((name) => ({
  id: `C-${name}`,
  kind: "channel" as const,
  name,
  shared: false,
  messages: [],
}));

const FIRST: Kept = { place: undefined, panel: undefined, thread: undefined, drafts: {} };

const address = (kept: Partial<Kept>): string => addressOf({ ...FIRST, ...kept }, conversations);

describe("the address of the page", () => {
  it.each<[Partial<Kept>, string]>([
    [{}, ""],
    [{ place: "C-general", panel: "world" }, "#in=general&panel=world"],
    [{ place: "home" }, "#in=home"],
    [{ place: "unknown", panel: "timeline" }, "#in=wa-alerts&panel=timeline"],
    [{ drafts: { "wa-alerts": "/wa-token guide" } }, "#in=wa-alerts&draft=%2Fwa-token+guide"],
    [{ drafts: { general: "not here" } }, ""],
    // Each of these may be a token or a secret.
    [{ drafts: { "wa-alerts": `/wa-token check ${fakeToken("draft")}` } }, ""],
    [{ drafts: { "wa-alerts": `look: ${"0123456789abcdef".repeat(2)}` } }, ""],
  ])("of %j is %j", (kept, expected) => {
    expect(address(kept)).toBe(expected);
  });

  it("gives the same page when it is read", () => {
    const word = fc.string({ maxLength: 30 }).filter((text) => text !== "" && !text.includes("/"));
    const channel = fc.constantFrom(...conversations);
    fc.assert(
      fc.property(channel, word, fc.option(word), fc.option(word), ({ id, name }, draft, panel, ts) => {
        const kept = {
          panel: panel ?? undefined,
          thread: ts === null ? undefined : { channel: id, ts },
          drafts: { [name]: draft },
        };
        expect(readAddress(address({ ...kept, place: id }))).toEqual({ ...kept, place: name });
      }),
    );
  });

  it.each(["", "#", "#in=", "#thread=C1", "#draft=lost", "#a=b&%%%", "#panel"])(
    "is read without trouble: %j",
    (text) => {
      expect(readAddress(text)).toMatchObject({ thread: undefined, drafts: {} });
    },
  );
});
