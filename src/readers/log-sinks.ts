import type { Sink } from '../bundle/visitor.ts';
import type { Log, LogOwner } from '../model/cluster.ts';
import { allowing } from '../model/limits.ts';
import { byHead } from './head.ts';
import { type LogPlace, logSink } from './log.ts';
import type { Run } from './run.ts';
import { keyOf } from './stray-logs.ts';
import { isNoLog, statusOfError } from './tool-errors.ts';

const HEAD = 2048;

/** Reads a log whose owner is known; a tool's error in place of a log becomes coverage. */
export function ownedLog(place: LogPlace, owner: LogOwner, run: Run): Sink {
  const { file } = place;
  return honest(file, owner, run, () => opened(place, owner, run, (log) => keepLonger(log, run)));
}

/** Reads a log whose owner is to be found by `path` once all pods are known. */
export function strayLog(place: LogPlace, path: string, namespace: string | undefined, run: Run): Sink {
  const { file } = place;
  const owner: LogOwner = {
    of: 'container',
    namespace: namespace ?? '',
    pod: '',
    container: undefined,
    previous: false,
  };
  const keep = (log: Log) => void run.strays.push({ log, path, namespace });
  return honest(file, undefined, run, () => opened(place, owner, run, keep));
}

function opened(place: LogPlace, owner: LogOwner, run: Run, keep: (log: Log) => void): Sink {
  const { rules, limits, builder } = run;
  const done = (log: Log, long: number) => {
    keep(log);
    if (long === 0) return;
    const lines = long === 1 ? 'one line is' : `${long} lines are`;
    builder.problem(
      place.file,
      `${lines} longer than ${limits.line} bytes; failures are looked for in the beginning ${allowing('line')}`,
    );
  };
  return logSink(place, owner, rules, done, limits.line);
}

/** The first bytes tell whether a file is a log, empty, or only what a tool said instead. */
function honest(file: string, owner: LogOwner | undefined, run: Run, open: () => Sink): Sink {
  return byHead(HEAD, (head, ended) => {
    if (!ended) return open();
    const text = head.toString('utf8');
    if (!isNoLog(text)) return text === '' ? undefined : open();
    run.builder.coverage({
      what: `log of ${owner ? nameOf(owner) : file} (${file})`,
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
