import type { Sink } from '../bundle/visitor.ts';

/** The beginnings of lines that are not passed on as they come. */
const MARKS = [Buffer.from('==== '), Buffer.from('Cluster info dumped to ')];
const START = /^==== START logs for container (\S+) of pod ([^/\s]+)\/(\S+) ====\r?$/;
const END = /^==== END logs for container \S+ of pod \S+ ====\r?$/;
const DONE = /^Cluster info dumped to /;
/** No mark is longer; names have at most 253 characters. */
const LONGEST_MARK = 1024;
const NEWLINE = 0x0a;

/** Whose log begins, and how many lines of the file stand before it. */
type Begun = {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly before: number;
};

/**
 * Splits what `kubectl cluster-info dump` prints: JSON documents, and the logs of containers between lines that say
 * whose they are. What stands between the logs goes to `objects`; all bytes but those lines go through as they come.
 */
export function dumpSink(objects: Sink | undefined, log: (begun: Begun) => Sink): Sink {
  let open: Sink | undefined;
  let held: Buffer = Buffer.alloc(0);
  let lines = 0;
  let atLineStart = true;

  function forward(bytes: Buffer) {
    if (bytes.length === 0) return;
    lines += countLines(bytes);
    atLineStart = bytes.at(-1) === NEWLINE;
    (open ?? objects)?.chunk(bytes);
  }

  function takeMark(text: string): boolean {
    const [, container, namespace, pod] = START.exec(text) ?? [];
    if (container && namespace && pod) {
      open?.end(false);
      open = log({ namespace, pod, container, before: lines + 1 });
    } else if (open && END.test(text)) {
      open.end(true);
      open = undefined;
    } else if (open || !DONE.test(text)) return false;
    lines++;
    atLineStart = true;
    return true;
  }

  /** Goes on until what is left may be the beginning of a mark. */
  function drain(ended: boolean) {
    for (;;) {
      const mark = markIn(held, atLineStart);
      forward(held.subarray(0, mark));
      held = held.subarray(mark);
      const end = held.indexOf(NEWLINE);
      if (held.length === 0 || (end < 0 && !ended && held.length < LONGEST_MARK)) return;
      const stop = end < 0 ? held.length : end;
      if (!takeMark(held.toString('utf8', 0, Math.min(stop, LONGEST_MARK))))
        forward(held.subarray(0, stop + 1));
      held = held.subarray(stop + 1);
    }
  }

  return {
    chunk(bytes) {
      held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      drain(false);
      // The chunk is only ours during this call.
      held = Buffer.from(held);
    },
    end(complete) {
      drain(true);
      open?.end(false);
      objects?.end(complete);
    },
  };
}

/** Where a line begins that is, or may become, a mark; the end of the bytes when there is none. */
function markIn(bytes: Buffer, atLineStart: boolean): number {
  const places = MARKS.map((mark) => placeOf(mark, bytes, atLineStart));
  return Math.min(...places);
}

function placeOf(mark: Buffer, bytes: Buffer, atLineStart: boolean): number {
  if (atLineStart && begins(bytes, mark)) return 0;
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1))
    if (bytes[at - 1] === NEWLINE) return at;
  const last = bytes.lastIndexOf(NEWLINE) + 1;
  return last > 0 && begins(bytes.subarray(last), mark) ? last : bytes.length;
}

/** Whether bytes begin with a mark, as far as they go. */
function begins(bytes: Buffer, mark: Buffer): boolean {
  const start = bytes.subarray(0, mark.length);
  return start.length > 0 && start.equals(mark.subarray(0, start.length));
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
