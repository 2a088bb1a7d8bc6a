import type { Sink } from '../bundle/visitor.ts';

/** Takes the lines of a text, without their ends, numbered from 1. */
type LineTaker = {
  /** `isCut` when the line goes on beyond what is held. */
  line(text: string, number: number, isCut: boolean): void;
  /** `last` is the number that the next line would have had. */
  end(complete: boolean, last: number): void;
};

/** A line that is longer is cut. */
export const LONGEST_LINE = 4 * 1024 ** 2;

/** Splits bytes into lines; a line that never ends is cut at 4 MiB. */
export function lineSink(taker: LineTaker): Sink {
  let rest = '';
  let skipping = false;
  let number = 1;
  // Bytes of one character may come in two chunks.
  const decoder = new TextDecoder('utf-8');

  function take(text: string, isCut = false) {
    taker.line(text.endsWith('\r') ? text.slice(0, -1) : text, number++, isCut);
  }

  return {
    chunk(bytes) {
      const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        if (!skipping) take(part);
        skipping = false;
      }
      if (rest.length <= LONGEST_LINE) return;
      if (!skipping) take(rest.slice(0, LONGEST_LINE), true);
      skipping = true;
      rest = '';
    },
    end(complete) {
      rest += decoder.decode();
      if (rest !== '' && !skipping) take(rest);
      taker.end(complete, number);
    },
  };
}
