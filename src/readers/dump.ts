import type { Sink } from '../bundle/visitor.ts';

const MARK = Buffer.from('==== ');
const START = /^==== START logs for container (\S+) of pod ([^/\s]+)\/(\S+) ====\r?$/;
const END = /^==== END logs for container \S+ of pod \S+ ====\r?$/;
/** No mark is longer; names have at most 253 characters. */
const LONGEST_MARK = 1024;
const NEWLINE = 0x0a;

/** Whose log begins, and how many lines of the file stand before it. */
export type Begun = {
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
    } else return false;
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
  for (let at = atLineStart ? 0 : nextLine(bytes, 0); at < bytes.length; at = nextLine(bytes, at)) {
    const start = bytes.subarray(at, at + MARK.length);
    if (start.equals(MARK.subarray(0, start.length))) return at;
    const mark = bytes.indexOf(MARK, at);
    if (mark < 0) return lastLineIfMark(bytes);
    at = mark - 1;
  }
  return bytes.length;
}

function nextLine(bytes: Buffer, from: number): number {
  const newline = bytes.indexOf(NEWLINE, from);
  return newline < 0 ? bytes.length : newline + 1;
}

/** The last line, when it is so short that it may still become a mark. */
function lastLineIfMark(bytes: Buffer): number {
  const at = bytes.lastIndexOf(NEWLINE) + 1;
  const rest = bytes.subarray(at);
  const unfinished = at > 0 && rest.length > 0 && rest.length < MARK.length;
  return unfinished && rest.equals(MARK.subarray(0, rest.length)) ? at : bytes.length;
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
