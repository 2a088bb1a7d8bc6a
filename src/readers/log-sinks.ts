import type { Sink } from '../bundle/visitor.ts';
import type { Log, LogLine, LogOwner } from '../model/cluster.ts';
import { allowing } from '../model/limits.ts';
import { byHead } from './head.ts';
import { logSink } from './log.ts';
import type { Run } from './run.ts';
import { keyOf } from './stray-logs.ts';
import { isNoLog, statusOfError } from './tool-errors.ts';

const HEAD = 2048;

/** Where a log stands: the lines of the file before it, and when the file was written. */
export type LogPlace = {
  readonly file: string;
  readonly before?: number;
  readonly modified?: number | undefined;
};

/** Reads a log whose owner is known; a tool's error in place of a log becomes coverage. */
export function ownedLog(place: LogPlace, owner: LogOwner, run: Run): Sink {
  const { file, before = 0 } = place;
  return honest(file, nameOf(owner), run, () =>
    opened(place, owner, run, (log) => keepLonger(moved(log, before), run)),
  );
}

/** Reads a log whose owner is to be found by `path` once all pods are known. */
export function strayLog(place: LogPlace, path: string, namespace: string | undefined, run: Run): Sink {
  const { file, before = 0 } = place;
  const owner: LogOwner = {
    of: 'container',
    namespace: namespace ?? '',
    pod: '',
    container: undefined,
    previous: false,
  };
  const keep = (log: Log) => void run.strays.push({ log: moved(log, before), path, namespace });
  return honest(file, file, run, () => opened(place, owner, run, keep));
}

function opened({ file, modified }: LogPlace, owner: LogOwner, run: Run, keep: (log: Log) => void): Sink {
  const { rules, limits, builder } = run;
  const done = (log: Log, long: number) => {
    keep(log);
    if (long === 0) return;
    const lines = long === 1 ? 'one line is' : `${long} lines are`;
    builder.problem(
      file,
      `${lines} longer than ${limits.line} bytes; failures are looked for in the beginning ${allowing('line')}`,
    );
  };
  return logSink(file, owner, rules, done, modified, limits.line);
}

/** The first bytes tell whether a file is a log, empty, or only what a tool said instead. */
function honest(file: string, what: string, run: Run, open: () => Sink): Sink {
  return byHead(HEAD, (head, ended) => {
    if (!ended) return open();
    const text = head.toString('utf8');
    if (!isNoLog(text)) return text === '' ? undefined : open();
    run.builder.coverage({
      what: `log of ${what} (${file})`,
      status: statusOfError(text),
      detail: text.trim().slice(0, 300),
    });
    return undefined;
  });
}

function nameOf(owner: LogOwner): string {
  if (owner.of === 'node') return `${owner.unit} of node ${owner.node}`;
  const { namespace, pod, container, previous } = owner;
  return `${namespace}/${pod}${container ? ` ${container}` : ''}${previous ? ', previous' : ''}`;
}

function keepLonger(log: Log, { logs }: Run): void {
  const key = keyOf(log.owner);
  const known = logs.get(key);
  if (!known || known.lines < log.lines) logs.set(key, log);
}

/** A log inside a larger file: its lines are numbered as in the file. */
function moved(log: Log, by: number): Log {
  if (by === 0) return log;
  const shift = (lines: readonly LogLine[]) => lines.map((one) => ({ ...one, line: one.line + by }));
  return {
    ...log,
    head: () => shift(log.head()),
    tail: () => shift(log.tail()),
    hits: log.hits.map((hit) => ({ ...hit, lines: shift(hit.lines) })),
  };
}
