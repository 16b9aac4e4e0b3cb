import { applyPalette, GIFEncoder as createEncoder, quantize } from 'gifenc';
import { PNG } from 'pngjs';

/** What a page showed from a moment on. */
export interface Frame {
  /** Milliseconds since 1970. */
  at: number;
  png: Buffer;
}

const LAST_FRAME_MS = 4_000;
/** One of 256 is for what stays as it was. */
const COLOURS = 255;
/** Frames of which the colours are taken, spread over the recording. */
const SAMPLES = 6;

/**
 * Makes an animated image. One palette serves all frames, and each holds only what has
 * changed: of a page that is mostly still little is left.
 *
 * @param frames - oldest first, all of one size
 */
export function gifOf(frames: Frame[]): Uint8Array {
  const palette = paletteOf(frames);
  const gif = createEncoder();
  let before: Uint8Array | undefined;
  frames.forEach(({ at, png }, i) => {
    const { data, width, height } = PNG.sync.read(png);
    const colours = applyPalette(data, palette);
    const changed = before
      ? colours.map((colour, pixel) =>
          colour === before![pixel] ? COLOURS : colour,
        )
      : colours;
    before = colours;
    gif.writeFrame(changed, width, height, {
      // With the one that stands for what stays.
      palette: i === 0 ? padded(palette) : undefined,
      delay: i + 1 < frames.length ? frames[i + 1].at - at : LAST_FRAME_MS,
      transparent: true,
      transparentIndex: COLOURS,
      dispose: 1,
    });
  });
  gif.finish();
  return gif.bytes();
}

function paletteOf(frames: Frame[]): number[][] {
  const step = Math.max(1, Math.floor((frames.length - 1) / (SAMPLES - 1)));
  const samples = frames.filter((_, i) => i % step === 0);
  return quantize(
    Buffer.concat(samples.map(({ png }) => PNG.sync.read(png).data)),
    COLOURS,
  );
}

/** All of the 256 that a palette has room for. */
function padded(palette: number[][]): number[][] {
  return [
    ...palette,
    ...Array.from({ length: COLOURS + 1 - palette.length }, () => [0, 0, 0]),
  ];
}
