/** The first texts that fit into `room` characters, each on its own line. */
export function fitting(texts: readonly string[], room: number): readonly string[] {
  let left = room;
  const end = texts.findIndex((text) => {
    left -= text.length + 1;
    return left < 0;
  });
  return end === -1 ? texts : texts.slice(0, end);
}
