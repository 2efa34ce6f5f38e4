import { describe, expect, it } from "vitest";
import { bookOf, mappedBook } from "../../src/watch/watch-book.ts";

const BOOK = bookOf([
  { name: "orders", channel: "C1" },
  { name: "crm", channel: "C2" },
]);

describe("a book", () => {
  it("finds what it has by the name of the watch, and keeps the order of the list", () => {
    expect(BOOK.size).toBe(2);
    expect(BOOK.get("crm")).toEqual({ name: "crm", channel: "C2" });
    expect(BOOK.get("other")).toBeUndefined();
    expect([...BOOK.keys()]).toEqual(["orders", "crm"]);
  });

  it("makes the values of another book only when they are asked for", () => {
    const made: string[] = [];
    const channels = mappedBook(BOOK, ({ name, channel }) => {
      made.push(name);
      return channel;
    });
    expect([channels.size, channels.has("crm"), channels.has("other"), [...channels.keys()]]).toEqual([
      2,
      true,
      false,
      ["orders", "crm"],
    ]);
    expect(made).toEqual([]);
    expect([channels.get("crm"), channels.get("other")]).toEqual(["C2", undefined]);
    expect([...channels.values()]).toEqual(["C1", "C2"]);
    expect(made).toEqual(["crm", "orders", "crm"]);
  });
});
