import { crc32, deflateSync } from "node:zlib";
import { decodePng, SIGNATURE } from "./decode-png.ts";

const distance = (a: number, b: number): number =>
  ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;

/** The most frequent colours, at most 256. Colours that are close to a more frequent one are left out. */
function paletteOf(counts: ReadonlyMap<number, number>): readonly number[] {
  const frequent = [...counts].toSorted(([a, x], [b, y]) => y - x || a - b).map(([colour]) => colour);
  const palette: number[] = [];
  for (const colour of frequent)
    if (palette.length < 256 && palette.every((taken) => distance(taken, colour) > 60)) palette.push(colour);
  return palette;
}

const chunk = (type: string, body: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
};

/** Converts a picture to a palette, because screens of text need few colours. */
export function smallPng(png: Buffer): Buffer {
  const { width, height, rgb } = decodePng(png);
  const counts = new Map<number, number>();
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = paletteOf(counts);
  const nearest = new Map<number, number>();
  for (const colour of counts.keys()) {
    let best = 0;
    for (const [index, candidate] of palette.entries())
      if (distance(candidate, colour) < distance(palette[best] ?? 0, colour)) best = index;
    nearest.set(colour, best);
  }
  const lines = Buffer.alloc((width + 1) * height);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const y = Math.floor(pixel / width);
    lines[pixel + y + 1] = nearest.get(rgb.readUIntBE(pixel * 3, 3)) ?? 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.alloc(palette.length * 3);
  for (const [index, colour] of palette.entries()) colours.writeUIntBE(colour, index * 3, 3);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", colours),
    chunk("IDAT", deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
