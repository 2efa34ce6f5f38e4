import type { Watch } from "./watch.ts";

/**
 * Something of each watch, by the name of the watch. A `Map` is a book. The book of a fleet makes each value when it is
 * asked for, because a fleet can have a million watches.
 */
export interface Book<T> {
  readonly size: number;
  readonly has: (name: string) => boolean;
  readonly get: (name: string) => T | undefined;
  readonly keys: () => Iterable<string>;
  readonly values: () => Iterable<T>;
}

/** The watches that the program knows now. It can change between two calls, when a fleet is read again. */
export type WatchBook = Book<Watch>;

/** Names to look up. A book and a `Set` are such. */
export type Names = Pick<Book<unknown>, "size" | "has">;

/** The book of a fixed list. */
export function bookOf<T extends { readonly name: string }>(list: Iterable<T>): Book<T> {
  return new Map(Array.from(list, (item) => [item.name, item]));
}

/** The book of what `of` makes of each value of another book. */
export function mappedBook<T, U>(book: Book<T>, of: (value: T) => U): Book<U> {
  return {
    get size() {
      return book.size;
    },
    has: (name) => book.has(name),
    get: (name) => {
      const value = book.get(name);
      return value === undefined ? undefined : of(value);
    },
    keys: () => book.keys(),
    *values() {
      for (const value of book.values()) yield of(value);
    },
  };
}
