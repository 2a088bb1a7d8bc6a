import { allowing, type Limits } from '../model/limits.ts';
import { LimitReached } from './limit-reached.ts';
import type { Entry, Sink, Visitor } from './visitor.ts';

/** An archive that is being read: its own path, what goes before the paths inside, how many archives are around it. */
export type Archive = { readonly path: string; readonly prefix: string; readonly level: number };

/** One run through a bundle: what every kind of archive asks before it shows a file, and what it tells. */
export type Reading = {
  readonly limits: Limits;
  /** The sink of a file, or nothing when it is refused or nobody wants it; throws LimitReached. */
  open(entry: Entry, archive: Archive): Sink | undefined;
  /** What has to be awaited before the next file: the one that just ended was packed itself, or is passed on. */
  pending(): Promise<void> | undefined;
  /** Bytes that may still be read. */
  room(): number;
  /** Counts bytes as they are after inflating; throws LimitReached. */
  spend(bytes: number): void;
  /** Told once for all files of which the same is said, at the end. */
  note(path: string, message: string): void;
  /** Something of the bundle is missing from here on. */
  cut(path: string, message: string): void;
  files(): number;
  /** Tells the notes; true when nothing was cut. */
  close(): boolean;
};

/** Unpacks a collected file that is packed itself. */
export type Unpack = (
  entry: Entry,
  packed: Buffer,
  sink: Sink | undefined,
  reading: Reading,
) => Promise<void>;

/** Whether a file inside a bundle is named like an archive. */
export function isNamedArchive(path: string): boolean {
  return ARCHIVE.test(path);
}

const LEADS_OUT = /^(?:[/\\]|[A-Za-z]:[/\\])|(?:^|[/\\])\.\.(?:[/\\]|$)/;
const ARCHIVE = /\.(?:tar|tgz|tar\.gz|tar\.zst|zip)$/i;
const PACKED = /\.gz$/i;

/** Starts a run that shows a visitor what the limits allow. */
export function startReading(visitor: Visitor, limits: Limits, unpack: Unpack): Reading {
  const seen = new Set<string>();
  const notes = new Map<string, { readonly first: string; count: number }>();
  const began = performance.now();
  let spent = 0;
  let complete = true;
  let pending: Promise<void> | undefined;

  /** Holds a file until it is whole and leaves its unpacking to whoever awaits `pending`. */
  function collect(entry: Entry, sink: Sink | undefined): Sink {
    const held: Buffer[] = [];
    let size = 0;
    return {
      chunk(bytes) {
        size += bytes.length;
        if (size <= limits.packed) held.push(Buffer.from(bytes));
        else held.length = 0;
      },
      end(whole) {
        if (size > limits.packed) {
          reading.note(
            entry.path,
            `packed, and larger than ${limits.packed} bytes, not read ${allowing('packed')}`,
          );
          return sink?.end(false);
        }
        if (!whole) reading.cut(entry.path, 'the packed file is cut');
        pending = unpack(entry, Buffer.concat(held), sink, reading);
      },
    };
  }

  /** Ends a file at the size that one may have. */
  function bounded(path: string, sink: Sink): Sink {
    let size = 0;
    return {
      chunk(bytes) {
        const room = limits.entry - size;
        size += bytes.length;
        if (room > 0) sink.chunk(room < bytes.length ? bytes.subarray(0, room) : bytes);
      },
      end(whole) {
        const isCut = size > limits.entry;
        if (isCut)
          reading.cut(path, `larger than ${limits.entry} bytes; its rest is not read ${allowing('entry')}`);
        sink.end(whole && !isCut);
      },
    };
  }

  function watchTime() {
    if (performance.now() - began > limits.time * 1000)
      throw new LimitReached(`reading took more than ${limits.time} seconds`, 'time');
  }

  const reading: Reading = {
    limits,
    open(entry, { level }) {
      watchTime();
      if (seen.size >= limits.entries) throw new LimitReached(`more than ${limits.entries} files`, 'entries');
      const refusal = refusalOf(entry.path, limits);
      const before = seen.size;
      if (!refusal) seen.add(entry.path);
      if (refusal || seen.size === before) {
        reading.note(entry.path, refusal ?? 'a second file of the same path; the first one is used');
        return undefined;
      }
      if (LEADS_OUT.test(entry.path))
        reading.note(entry.path, 'a path that leads out of the bundle; nothing is written there');
      if (isNamedArchive(entry.path) && level === 0) return collect(entry, undefined);
      if (isNamedArchive(entry.path)) reading.note(entry.path, 'an archive two archives deep, not read');
      const visited = visitor.entry(entry);
      const sink = visited && bounded(entry.path, visited);
      return sink && PACKED.test(entry.path) ? collect(entry, sink) : sink;
    },
    pending() {
      const job = pending;
      pending = undefined;
      return job ? job.then(() => visitor.settled?.()) : visitor.settled?.();
    },
    room: () => limits.size - spent,
    spend(bytes) {
      spent += bytes;
      watchTime();
      if (spent > limits.size) throw new LimitReached(`more than ${limits.size} bytes`, 'size');
    },
    note(path, message) {
      const same = notes.get(message);
      if (same) same.count++;
      else notes.set(message, { first: path, count: 1 });
    },
    cut(path, message) {
      complete = false;
      visitor.problem(shortened(path), message);
    },
    files: () => seen.size,
    close() {
      for (const [message, { first, count }] of notes)
        visitor.problem(shortened(first), count > 1 ? `${message} (and ${count - 1} more)` : message);
      return complete;
    },
  };
  return reading;
}

function refusalOf(path: string, limits: Limits): string | undefined {
  if (path === '' || path.endsWith('/')) return 'a file without a name, not read';
  if (Buffer.byteLength(path) > limits.path)
    return `a path of more than ${limits.path} bytes, not read ${allowing('path')}`;
  if (partsOf(path) > limits.folders)
    return `a path of more than ${limits.folders} folders, not read ${allowing('folders')}`;
  return undefined;
}

function partsOf(path: string): number {
  let parts = 1;
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) parts++;
  return parts;
}

function shortened(path: string): string {
  return path.length > 300 ? `${path.slice(0, 300)}…` : path;
}
