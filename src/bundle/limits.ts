const MiB = 1024 ** 2;

/** What a bundle may cost before reading stops; each limit that is reached is told, and what was read stays. */
export type Limits = {
  /** Files in the whole bundle. */
  readonly entries: number;
  /** Bytes in the whole bundle, after inflating. */
  readonly bytes: number;
  /** Bytes out for each byte in, once `ratioFrom` bytes are out. */
  readonly inflateRatio: number;
  readonly ratioFrom: number;
  /** Bytes of one path. */
  readonly nameBytes: number;
  /** Parts of one path. */
  readonly nameDepth: number;
  /** Bytes of a packed file inside an archive, which is held in memory until it is whole. */
  readonly nestedBytes: number;
};

export const DEFAULT_LIMITS: Limits = {
  entries: 1_000_000,
  bytes: 64 * 1024 * MiB,
  inflateRatio: 200,
  ratioFrom: 64 * MiB,
  nameBytes: 4096,
  nameDepth: 64,
  nestedBytes: 128 * MiB,
};

/** Ends the reading of an archive at a limit; caught where that archive was opened. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached';
}
