import gifenc from "gifenc";
import { decodePng } from "./decode-png.ts";

export interface GifFrame {
  /** A screenshot. All frames have the same size. */
  readonly png: Buffer;
  /** How long it is shown. */
  readonly ms: number;
}

/** Encodes frames as a GIF that repeats forever. Where a frame shows the same as the one before, it is transparent. */
export function animatedGif(frames: readonly GifFrame[]): Buffer {
  const pictures = frames.map(({ png, ms }) => ({ ...decodePng(png), ms }));
  const rgba = pictures.map(({ rgb }) => withAlpha(rgb));
  const palette = gifenc.quantize(Buffer.concat(rgba), MOST_COLOURS);
  const encoder = gifenc.GIFEncoder();
  // GIF wants as many colours as its pixels may name.
  const colours = [...palette, ...Array.from({ length: CLEAR + 1 - palette.length }, () => [0, 0, 0])];
  let before: Uint8Array | undefined;
  for (const [at, { width, height, ms }] of pictures.entries()) {
    const index = gifenc.applyPalette(rgba[at] ?? new Uint8Array(), palette);
    const shown = before;
    const drawn = index.map((colour, pixel) => (colour === shown?.[pixel] ? CLEAR : colour));
    const timing = { delay: ms, transparent: shown !== undefined, transparentIndex: CLEAR, dispose: KEEP };
    encoder.writeFrame(drawn, width, height, shown === undefined ? { ...timing, palette: colours } : timing);
    before = index;
  }
  encoder.finish();
  return Buffer.from(encoder.bytes());
}

/** One of the 256 colours means "unchanged". */
const MOST_COLOURS = 255;
const CLEAR = 255;

/** The next frame is drawn over this one. */
const KEEP = 1;

function withAlpha(rgb: Buffer): Uint8Array {
  const rgba = new Uint8Array((rgb.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) rgba.set(rgb.subarray(from, from + 3), to);
  return rgba;
}
