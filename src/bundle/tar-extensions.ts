import { decodeName, type TarHeader } from './tar-header.ts';
import type { Sink } from './visitor.ts';

/** A PAX header or a long name is a line or two; a larger one is passed over and its file refused. */
const MAX_BYTES = 64 * 1024;

/** What PAX headers and GNU long names say of the next file. */
export type Extensions = {
  readonly path?: string;
  readonly size?: number;
  readonly modified?: number;
  readonly refused?: string;
  readonly odd?: string;
};

/** Whether an entry is not a file but says something of the next one (or, `g`, of all). */
export function isExtension(type: string): boolean {
  return type === 'x' || type === 'g' || type === 'L' || type === 'K';
}

/** Takes the body of such an entry. */
export function extensionSink({ type, size }: TarHeader, done: (found: Extensions) => void): Sink {
  const held: Buffer[] = [];
  return {
    chunk(bytes) {
      if (size <= MAX_BYTES) held.push(Buffer.from(bytes));
    },
    end() {
      if (type === 'g' || type === 'K') return;
      if (size > MAX_BYTES) return done({ refused: `a header of more than ${MAX_BYTES} bytes, not read` });
      const body = Buffer.concat(held);
      done(type === 'L' ? { path: untilNul(body) } : paxExtensions(body));
    },
  };
}

/** The header with its extensions, and whether to refuse it or to remark on it. */
export function extended(
  header: TarHeader,
  found: Extensions,
): { readonly header: TarHeader; readonly refused: string | undefined; readonly odd: string | undefined } {
  const disagree = found.size !== undefined && header.size !== 0 && header.size !== found.size;
  return {
    header: {
      ...header,
      name: found.path ?? header.name,
      size: found.size ?? header.size,
      modified: found.modified ?? header.modified,
    },
    refused: found.refused,
    odd:
      found.odd ??
      (disagree ? 'its two headers disagree about its size; the PAX header is followed' : undefined),
  };
}

function paxExtensions(body: Buffer): Extensions {
  const records = parsePax(body);
  if (!records) return { odd: 'its PAX header is malformed and passed over' };
  const path = records.get('path');
  const size = records.get('size')?.toString();
  const modified = Number(records.get('mtime'));
  const sparse = [...records.keys()].some((key) => key.startsWith('GNU.sparse.'));
  const wrong = size !== undefined && !(/^\d+$/.test(size) && Number.isSafeInteger(Number(size)));
  return {
    ...(path ? { path: untilNul(path) } : {}),
    ...(size !== undefined && !wrong ? { size: Number(size) } : {}),
    ...(modified > 0 ? { modified: modified * 1000 } : {}),
    ...(sparse ? { refused: 'sparse file, not read' } : {}),
    ...(wrong ? { odd: 'its PAX header has no valid size and is passed over' } : {}),
    ...(path?.includes(0) ? { odd: 'its path holds a NUL byte and is cut there' } : {}),
  };
}

/** The records of a PAX header, `LENGTH KEY=VALUE\n` each; nothing when it is malformed. */
function parsePax(body: Buffer): ReadonlyMap<string, Buffer> | undefined {
  const records = new Map<string, Buffer>();
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(0x20, at);
    const length = space < 0 ? Number.NaN : Number(body.toString('latin1', at, space));
    const end = at + length;
    const equals = body.indexOf(0x3d, space);
    const valid =
      length > 0 && end <= body.length && equals > space && equals < end && body[end - 1] === 0x0a;
    if (!valid) return undefined;
    records.set(body.toString('utf8', space + 1, equals), body.subarray(equals + 1, end - 1));
    at = end;
  }
  return records;
}

function untilNul(bytes: Buffer): string {
  const nul = bytes.indexOf(0);
  return decodeName(nul < 0 ? bytes : bytes.subarray(0, nul));
}
