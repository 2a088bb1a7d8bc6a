import type { Intake } from './intake.ts';
import type { Archive, Reading } from './reading.ts';
import { type Extensions, extended, extensionSink, isExtension } from './tar-extensions.ts';
import { isZero, parseTarHeader, TAR_BLOCK, type TarHeader } from './tar-header.ts';
import type { Sink } from './visitor.ts';

const NOT_READ: Readonly<Record<string, string>> = {
  1: 'hard link, not followed',
  2: 'symbolic link, not followed',
  3: 'device, not read',
  4: 'device, not read',
  6: 'named pipe, not read',
  S: 'sparse file, not read',
};

/** Whether these first bytes are those of a tar archive. */
export function isTar(head: Buffer): boolean {
  return head.length >= TAR_BLOCK && parseTarHeader(head.subarray(0, TAR_BLOCK)) !== undefined;
}

/** The member whose bytes are passing by: a file, or an extension of the next header. */
type Member = { readonly path: string; readonly sink: Sink | undefined };

/** Shows the files of a tar archive as its bytes come. */
export function tarIntake(archive: Archive, reading: Reading): Intake {
  const block = Buffer.alloc(TAR_BLOCK);
  let filled = 0;
  let member: Member | undefined;
  /** Bytes left of the member, and of the padding behind it. */
  let left = 0;
  let padding = 0;
  let extensions: Extensions = {};
  let zeroBlocks = 0;
  let position = 0;
  let over = false;

  function readHeader() {
    const header = parseTarHeader(block);
    if (!header) return noHeader();
    zeroBlocks = 0;
    member = isExtension(header.type) ? extension(header) : file(header);
    padding = -left & (TAR_BLOCK - 1);
  }

  function noHeader() {
    if (isZero(block)) {
      zeroBlocks++;
      return;
    }
    reading.cut(archive.path, `the tar header before byte ${position} is damaged; the rest is not read`);
    over = true;
  }

  function extension(header: TarHeader): Member {
    left = header.size;
    const sink = extensionSink(header, (found) => {
      extensions = { ...extensions, ...found };
    });
    return { path: header.name, sink };
  }

  function file(raw: TarHeader): Member {
    const { header, refused, odd } = extended(raw, extensions);
    extensions = {};
    left = header.type === '1' ? 0 : header.size;
    const path = archive.prefix + header.name;
    if (header.type === '5' || header.name.endsWith('/')) return { path, sink: undefined };
    if (odd) reading.note(path, odd);
    const reason =
      refused ?? NOT_READ[header.type] ?? (/[07]/.test(header.type) ? undefined : 'unknown kind of member');
    if (reason) reading.note(path, reason);
    const entry = { path, size: left, modified: header.modified };
    return { path, sink: reason ? undefined : reading.open(entry, archive) };
  }

  function close(complete: boolean): Promise<void> | undefined {
    const sink = member?.sink;
    member = undefined;
    sink?.end(complete);
    return reading.pending();
  }

  /** Passes on what the bytes hold of the open member; returns where it ends. */
  function pass(bytes: Buffer, at: number): number {
    const end = Math.min(at + left, bytes.length);
    if (end > at) member?.sink?.chunk(bytes.subarray(at, end));
    left -= end - at;
    return end;
  }

  /** Goes on to the next header and reads it when it is whole; returns where it ends. */
  function seek(bytes: Buffer, at: number): number {
    const start = Math.min(at + padding, bytes.length);
    padding -= start - at;
    const copied = bytes.copy(block, filled, start, Math.min(start + TAR_BLOCK - filled, bytes.length));
    filled += copied;
    if (filled === TAR_BLOCK) {
      filled = 0;
      readHeader();
    }
    return start + copied;
  }

  function take(bytes: Buffer): Promise<void> | undefined {
    for (let at = 0; at < bytes.length && !over; ) {
      if (zeroBlocks > 1) {
        over = !isZero(bytes.subarray(at));
        if (over) reading.note(archive.path, 'there is data after the end of the archive; it is not read');
        return undefined;
      }
      const next = member ? pass(bytes, at) : seek(bytes, at);
      position += next - at;
      at = next;
      const wait = member && left === 0 ? close(true) : undefined;
      if (wait) return wait.then(() => take(bytes.subarray(at)));
    }
    return undefined;
  }

  return {
    chunk: take,
    end(complete) {
      if (member) reading.cut(member.path, 'the archive ends inside this file');
      else if (complete && !over && zeroBlocks === 0)
        reading.cut(archive.path, 'the archive ends without its end mark; files may be missing');
      return member ? close(false) : undefined;
    },
  };
}
