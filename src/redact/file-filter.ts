import { isUtf8 } from 'node:buffer';
import type { Redactor } from './redactor.ts';

const MiB = 1024 ** 2;
/** An object file is read as a whole, because its structure tells what is secret. */
const MOST_STRUCTURED = 256 * MiB;
/** A line that is longer is cut: nothing that a person writes. */
const MOST_LINE = 16 * MiB;
const SNIFF = 4096;

/** Takes the bytes of one file and gives back clean ones. */
type FileFilter = {
  push(bytes: Buffer): void;
  /** Why the file was left out, if it was. */
  end(): string | undefined;
};

/** Rewrites text that is already free of secrets: pseudonyms. */
type Rewrite = (text: string) => string;

/** A filter that holds an object file whole and everything else one line at a time. */
export function createFileFilter(
  path: string,
  redactor: Redactor,
  rewrite: Rewrite,
  write: (bytes: Buffer) => void,
): FileFilter {
  let head: Buffer = Buffer.alloc(0);
  let chosen: FileFilter | undefined;
  const choose = () => {
    const kind = kindOf(path, head);
    if (kind === 'binary') return refusing('binary, cannot be looked into');
    if (kind === 'lines') return byLine(redactor, rewrite, write);
    return asWhole((text) => rewrite(redactor.file(path, text)), write);
  };
  const start = (): FileFilter => {
    const filter = choose();
    if (head.length > 0) filter.push(head);
    return filter;
  };
  return {
    push(bytes) {
      if (chosen) return chosen.push(bytes);
      head = Buffer.concat([head, bytes]);
      if (head.length >= SNIFF) chosen = start();
    },
    end() {
      chosen ??= start();
      return chosen.end();
    },
  };
}

function kindOf(path: string, head: Buffer): 'binary' | 'lines' | 'whole' {
  if (isUtf16(head)) return 'whole';
  let zeros = 0;
  for (const byte of head) if (byte === 0) zeros++;
  if (zeros > head.length / 20) return 'binary';
  if (/\.(?:ya?ml|json)$/i.test(path)) return 'whole';
  return 'lines';
}

/** By its mark, or by every second byte of plain text being zero. */
function isUtf16(bytes: Buffer): boolean {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return true;
  let zeros = 0;
  for (let at = 1; at < bytes.length; at += 2) if (bytes[at] === 0 && bytes[at - 1] !== 0) zeros++;
  return bytes.length > 8 && zeros > bytes.length * 0.4;
}

function refusing(reason: string): FileFilter {
  return { push() {}, end: () => reason };
}

function asWhole(redact: (text: string) => string, write: (bytes: Buffer) => void): FileFilter {
  let held: Buffer[] = [];
  let size = 0;
  return {
    push(bytes) {
      size += bytes.length;
      if (size <= MOST_STRUCTURED) held.push(Buffer.from(bytes));
      else held = [];
    },
    end() {
      if (size > MOST_STRUCTURED)
        return `larger than ${MOST_STRUCTURED} bytes, cannot be looked into as a whole`;
      const whole = Buffer.concat(held);
      if (isUtf16(whole)) write(Buffer.from(redact(whole.toString('utf16le').replaceAll('\0', ''))));
      else {
        const { text, encoding } = decoded(whole);
        write(Buffer.from(redact(text), encoding));
      }
      return undefined;
    },
  };
}

function byLine(redactor: Redactor, rewrite: Rewrite, write: (bytes: Buffer) => void): FileFilter {
  const lines = redactor.lines();
  let rest: Buffer = Buffer.alloc(0);
  let cut = false;
  let first = true;
  // Lines come back in order, some later; each is written with the encoding that it was read with.
  const encodings: BufferEncoding[] = [];
  const put = (done: readonly string[]) => {
    for (const line of done) {
      const bytes = Buffer.from(rewrite(line), encodings.shift() ?? 'utf8');
      write(first ? bytes : Buffer.concat([Buffer.from('\n'), bytes]));
      first = false;
    }
  };
  const take = (line: Buffer) => {
    const { text, encoding } = decoded(line);
    encodings.push(encoding);
    put(lines.push(cut ? `${text} [cut]` : text));
    cut = false;
  };
  return {
    push(bytes) {
      let from = 0;
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
        take(Buffer.concat([rest, bytes.subarray(from, at)]));
        rest = Buffer.alloc(0);
        from = at + 1;
      }
      if (rest.length + bytes.length - from <= MOST_LINE) rest = Buffer.concat([rest, bytes.subarray(from)]);
      else cut = true;
    },
    end() {
      take(rest);
      put(lines.end());
      return undefined;
    },
  };
}

/** Text without zeros, and the encoding that gives its bytes back. */
function decoded(bytes: Buffer): { readonly text: string; readonly encoding: BufferEncoding } {
  const clean = bytes.includes(0) ? Buffer.from(bytes.filter((byte) => byte !== 0)) : bytes;
  const encoding = isUtf8(clean) ? 'utf8' : 'latin1';
  return { text: clean.toString(encoding), encoding };
}
