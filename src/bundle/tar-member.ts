import type { Header } from 'tar-stream';
import { decodeName } from './decode-name.ts';
import type { Entry } from './visitor.ts';

export const TAR_BLOCK = 512;

/** What tar-stream tells of a member; the type is null where it does not know it. */
export type MemberHeader = Omit<Header, 'type' | 'pax'> & {
  readonly type: Header['type'] | null;
  readonly pax: Readonly<Record<string, string>> | null;
  readonly byteOffset: number;
};

/** A member of a tar archive. */
export type Member = Entry & {
  readonly isFolder: boolean;
  /** Whether all that is said of it stands in its one header. */
  readonly isPlain: boolean;
  /** Where its content begins and where the next header may, in bytes from the start of the archive. */
  readonly begins: number;
  readonly ends: number;
  /** Why it is not read. */
  readonly refused: string | undefined;
  /** What is to be said of it although it is read. */
  readonly odd: string | undefined;
};

const NOT_READ: Readonly<Record<string, string>> = {
  link: 'hard link, not followed',
  symlink: 'symbolic link, not followed',
  'character-device': 'device, not read',
  'block-device': 'device, not read',
  fifo: 'named pipe, not read',
};

/** A name of this many bytes, and a size below that, fit into a plain header. */
const PLAIN_NAME = 100;
const PLAIN_SIZE = 8 ** 11;

/** Reads a header whose names were decoded as latin1, so that none of their bytes is lost. */
export function toMember(header: MemberHeader, prefix: string): Member {
  const { name, type, size, mtime, pax, byteOffset } = header;
  const full = pax?.path ?? decodeName(Buffer.from(name, 'latin1'));
  const path = full.split('\0', 1)[0] ?? '';
  return {
    path: prefix + path,
    size,
    modified: Number(pax?.mtime) * 1000 || mtime.getTime() || undefined,
    isFolder: type === 'directory',
    isPlain: !pax && name.length <= PLAIN_NAME,
    begins: byteOffset,
    ends: byteOffset + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK,
    refused: refusalOf(header),
    odd: path === full ? oddityOf(header) : 'its path holds a NUL byte and is cut there',
  };
}

function refusalOf({ type, pax }: MemberHeader): string | undefined {
  if (Object.keys(pax ?? {}).some((key) => key.startsWith('GNU.sparse.'))) return 'sparse file, not read';
  return type ? NOT_READ[type] : 'sparse file or unknown kind of member, not read';
}

function oddityOf({ pax }: MemberHeader): string | undefined {
  if (!pax) return undefined;
  if (Object.keys(pax).length === 0) return 'its PAX header is malformed and passed over';
  return Number(pax.size) < PLAIN_SIZE
    ? 'a PAX header gives it a size although it is small; another program may read another size'
    : undefined;
}
