const NUL = 0x00;
const ESCAPE = 0x1b;
const FEED = 0x0a;
const BELL = 0x07;

/** Where in an escape sequence the bytes stand: outside, behind ESC, in `ESC [ …`, in `ESC ] …`, in `ESC ( …`. */
type Place = 'outside' | 'escape' | 'control' | 'command' | 'charset';

/**
 * Makes a function that takes NUL bytes and terminal sequences (colours, titles) out of a log's chunks, so that they
 * part no word; a sequence may begin in one chunk and end in the next, but never goes on behind its line.
 */
export function logCleaner(): (bytes: Buffer) => Buffer {
  let place: Place = 'outside';
  return (bytes) => {
    if (place === 'outside' && !bytes.includes(ESCAPE) && !bytes.includes(NUL)) return bytes;
    const clean = Buffer.allocUnsafe(bytes.length);
    let length = 0;
    for (const byte of bytes) {
      const before = place;
      place = after(before, byte);
      if (before === 'outside' ? place === 'outside' && byte !== NUL : byte === FEED) clean[length++] = byte;
    }
    return clean.subarray(0, length);
  };
}

function after(place: Place, byte: number): Place {
  if (byte === ESCAPE) return 'escape';
  if (place === 'outside' || byte === FEED) return 'outside';
  if (place === 'escape') return OPENED[byte] ?? 'outside';
  if (place === 'control') return byte >= 0x40 && byte <= 0x7e ? 'outside' : 'control';
  if (place === 'command') return byte === BELL ? 'outside' : 'command';
  return 'outside';
}

/** What ESC and this byte open; other bytes end the sequence. */
const OPENED: Readonly<Record<number, Place>> = {
  91: 'control',
  93: 'command',
  80: 'command',
  95: 'command',
  40: 'charset',
  41: 'charset',
};
