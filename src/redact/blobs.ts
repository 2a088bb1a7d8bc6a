import * as zlib from 'node:zlib';
import type { Marker } from './marks.ts';

/** So much is looked into; what is larger and not plainly harmless goes as a whole. */
const MOST_BYTES = 64 * 1024;
const MOST_CHARACTERS = Math.ceil((MOST_BYTES * 4) / 3);

const BLOB = /(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{24,}={0,2}/g;
const GZIP = /^(?:H4sI|SDRzS)/;

/** Tells whether a decoded text holds a secret. */
type Probe = (text: string) => boolean;

/** Replaces base64, and gzip in base64, that holds a secret or cannot be looked into as a whole. */
export function redactBlobs(text: string, probe: Probe, marker: Marker): string {
  return text.replace(BLOB, (blob) => {
    if (/^[0-9a-f]+$/.test(blob) || /^[0-9]+$/.test(blob)) return blob;
    if (GZIP.test(blob)) return opens(blob, probe) ? blob : marker.mark('gzip', blob);
    const said = readable(blob);
    return said !== undefined && probe(said) ? marker.mark('encoded', blob) : blob;
  });
}

/** The text behind base64, or nothing when it is binary or only looks like base64. */
function readable(blob: string): string | undefined {
  const bytes = Buffer.from(blob.slice(0, MOST_CHARACTERS), 'base64');
  const text = bytes.toString('latin1');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters tell binary from text
  return /^[\x09\x0a\x0d\x20-\x7e\x80-\xff]*$/.test(text) && isMostlyAscii(text)
    ? bytes.toString()
    : undefined;
}

function isMostlyAscii(text: string): boolean {
  return text.replace(/[\x80-\xff]+/g, '').length >= text.length * 0.9;
}

/** Whether packed text can be read to its end and holds no secret. */
function opens(blob: string, probe: Probe): boolean {
  if (blob.length > MOST_CHARACTERS) return false;
  try {
    const once = Buffer.from(blob, 'base64');
    const packed = once[0] === 0x1f ? once : Buffer.from(once.toString('latin1'), 'base64');
    return !probe(zlib.gunzipSync(packed, { maxOutputLength: MOST_BYTES }).toString());
  } catch {
    return false;
  }
}
