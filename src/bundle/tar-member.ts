import type { Pax } from './pax.ts';
import type { TarHeader } from './tar-header.ts';
import type { Entry } from './visitor.ts';

/** What headers before a member's own say of it, or, in `shared`, of all that follow. */
export type Extensions = {
  readonly longName?: string;
  readonly pax?: Pax;
  readonly shared?: Pax;
};

/** A member of a tar archive. */
export type Member = Entry & {
  readonly size: number;
  readonly isFolder: boolean;
  /** Why it is not read. */
  readonly refused: string | undefined;
  /** What is to be said of it although it is read. */
  readonly odd: string | undefined;
};

/** Kinds of member that are files, by the character of their header. */
const FILES: ReadonlySet<string> = new Set(['\0', '0', '7']);
const FOLDER = '5';
const NOT_READ: Readonly<Record<string, string>> = {
  1: 'hard link, not followed',
  2: 'symbolic link, not followed',
  3: 'device, not read',
  4: 'device, not read',
  6: 'named pipe, not read',
};

/** A size below that fits into a plain header. */
const PLAIN_SIZE = 8 ** 11;

/** A member by its header and what came before it; its size is NaN when it is told as none that a file has. */
export function toMember(header: TarHeader, extensions: Extensions, prefix: string): Member {
  const { type, size, modified } = header;
  const full = told('path', extensions) ?? extensions.longName ?? header.name;
  const nul = full.indexOf('\0');
  const path = nul < 0 ? full : full.slice(0, nul);
  const toldSize = told('size', extensions);
  return {
    path: prefix + path,
    size: toldSize === undefined ? size : sizeOf(toldSize),
    modified: Number(told('mtime', extensions)) * 1000 || modified * 1000 || undefined,
    // The oldest format has folders by their names only.
    isFolder: type === FOLDER || (size === 0 && FILES.has(type) && path.endsWith('/')),
    refused: refusalOf(type, extensions),
    odd: nul < 0 ? oddityOf(extensions.pax, toldSize) : 'its path holds a NUL byte and is cut there',
  };
}

function told(key: string, { pax, shared }: Extensions): string | undefined {
  return pax?.records.get(key) ?? shared?.records.get(key);
}

function sizeOf(told: string): number {
  return /^\d{1,15}$/.test(told) ? Number(told) : Number.NaN;
}

function refusalOf(type: string, { pax }: Extensions): string | undefined {
  if (pax && [...pax.records.keys()].some((key) => key.startsWith('GNU.sparse.')))
    return 'sparse file, not read';
  if (FILES.has(type) || type === FOLDER) return undefined;
  return NOT_READ[type] ?? 'sparse file or unknown kind of member, not read';
}

function oddityOf(pax: Pax | undefined, toldSize: string | undefined): string | undefined {
  if (pax?.malformed) return 'its PAX header is malformed and passed over';
  return Number(toldSize) < PLAIN_SIZE
    ? 'a PAX header gives it a size although it is small; another program may read another size'
    : undefined;
}
