import { isUtf8 } from 'node:buffer';

/** A name in an archive as text; bytes that are not UTF-8 are shown as `\xNN`. */
export function decodeName(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  return bytes.toString('latin1').replace(/[\x80-\xff]/g, (c) => `\\x${c.charCodeAt(0).toString(16)}`);
}
