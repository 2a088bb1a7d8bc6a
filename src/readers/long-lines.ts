const FEED = 0x0a;

/** How many of the whole lines between two places are longer than `most`; looks at one place in `most` bytes. */
export function longLines(bytes: Buffer, from: number, to: number, most: number): number {
  let count = 0;
  for (let at = from; to - at > most; ) {
    const end = bytes.lastIndexOf(FEED, at + most);
    if (end < at) count++;
    at = end < at ? bytes.indexOf(FEED, at + most) + 1 : end + 1;
  }
  return count;
}
