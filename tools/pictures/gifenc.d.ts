/** The parts of gifenc 1.0.3 that the pictures use. The package has no types, and Node.js sees only its default export. */
declare module "gifenc" {
  type Palette = readonly (readonly number[])[];

  interface Encoder {
    /** `delay` is in milliseconds; GIF rounds it to hundredths of a second. */
    readonly writeFrame: (
      index: Uint8Array,
      width: number,
      height: number,
      options: {
        readonly palette?: Palette;
        readonly delay: number;
        readonly transparent: boolean;
        readonly transparentIndex: number;
        readonly dispose: number;
      },
    ) => void;
    readonly finish: () => void;
    readonly bytes: () => Uint8Array;
  }

  const gifenc: {
    readonly GIFEncoder: () => Encoder;
    /** At most `maxColors` colours that represent the pixels, each with red, green and blue. */
    readonly quantize: (rgba: Uint8Array, maxColors: number) => Palette;
    readonly applyPalette: (rgba: Uint8Array, palette: Palette) => Uint8Array;
  };
  export default gifenc;
}
