import type { ClusterEvent, LogLine } from './cluster.ts';
import { formatTime } from './time.ts';

/** A place in the bundle that a person can open, and what stands there. */
export type Evidence = {
  /** The entry's path in the bundle. */
  readonly file: string;
  /** Line in a text file, from 1. */
  readonly line?: number;
  /** Field path in an object file: `items[3].status.phase`. */
  readonly path?: string;
  /** What stands there; several lines are joined by a line feed. */
  readonly excerpt: string;
  /** The part of the excerpt that decided. */
  readonly match?: string;
  /** The lines just before and after the excerpt, where the file is a text and they were kept. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  /** How many further places say the same and are not shown. */
  readonly more?: number;
  /** When it was said, as RFC 3339. */
  readonly time?: string;
};

/** Evidence that is never empty: no finding without it. */
export type Proof = readonly [Evidence, ...Evidence[]];

/** Where an object was read. */
export type Origin = {
  readonly file: string;
  /** The object's field path in the file, empty when the file holds one object. */
  readonly path: string;
  /** For objects that were read from text: the line of each field path that the text holds. */
  readonly lines?: ReadonlyMap<string, number>;
};

/** Evidence for one field of an object: its path in an object file, its line in a text. */
export function fieldEvidence(origin: Origin, field: string, excerpt: string, time?: string): Evidence {
  const said = time ? { time } : {};
  if (!origin.lines) {
    const path = origin.path && field ? `${origin.path}.${field}` : origin.path || field;
    return { file: origin.file, path, excerpt, ...said };
  }
  const line = lineOf(origin.lines, field);
  return line === undefined
    ? { file: origin.file, excerpt, ...said }
    : { file: origin.file, line, excerpt, ...said };
}

/** Evidence for a line of a log. */
export function lineEvidence(file: string, { line, text, time }: LogLine): Evidence {
  return { file, line, excerpt: text, ...(time === undefined ? {} : { time: formatTime(time) }) };
}

/** Evidence for an event: what it said, how often, and when last. */
export function eventEvidence({ type, reason, message, count, last, origin }: ClusterEvent): Evidence {
  const times = count > 1 ? ` (x${count})` : '';
  const excerpt = `${type} ${reason}${times}: ${message}`;
  return fieldEvidence(origin, 'message', excerpt, last === undefined ? undefined : formatTime(last));
}

/** The line of a field, of the first field inside it, or of the nearest field around it; the empty path is the object's first line. */
function lineOf(lines: ReadonlyMap<string, number>, field: string): number | undefined {
  for (let path = field; path !== ''; path = path.replace(/(?:^|\.)[^.]*$/, '')) {
    const line = lines.get(path) ?? firstInside(lines, path);
    if (line !== undefined) return line;
  }
  return lines.get('');
}

function firstInside(lines: ReadonlyMap<string, number>, path: string): number | undefined {
  let first: number | undefined;
  for (const [field, line] of lines)
    if (field.startsWith(`${path}.`) && (first === undefined || line < first)) first = line;
  return first;
}
