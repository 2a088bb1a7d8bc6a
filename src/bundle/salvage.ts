import { constants, gunzipSync } from 'node:zlib';

const MiB = 1024 ** 2;

/**
 * What a damaged gzip file still gives after `out` bytes. zlib keeps back what the call gave that met the flaw, so
 * the longest beginning without one is searched for.
 */
export function salvaged(packed: Buffer, out: number): Buffer {
  let best: Buffer = Buffer.alloc(0);
  let sound = 0;
  let damaged = packed.length;
  while (damaged - sound > 1) {
    const middle = Math.floor((sound + damaged) / 2);
    const inflated = beginning(packed.subarray(0, middle), out + MiB);
    if (inflated) [sound, best] = [middle, inflated];
    else damaged = middle;
  }
  return best.subarray(out);
}

function beginning(packed: Buffer, maxOutputLength: number): Buffer | undefined {
  try {
    return gunzipSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength });
  } catch {
    return undefined;
  }
}
