import { formatTime, parseDuration } from '../../model/time.ts';

/** Reads a time as `kubectl describe` prints it (`Sun, 22 Nov 2026 13:04:12 +0000`) as RFC 3339; nothing for year 1. */
export function parseLongTime(text: string | undefined): string | undefined {
  const match = /(\d{1,2}) (\w{3}) (\d{4}) (\d\d:\d\d:\d\d) ([+-]\d{4})/.exec(text ?? '');
  const year = Number(match?.[3]);
  if (!match || year < 1970) return undefined;
  const ms = Date.parse(`${match[1]} ${match[2]} ${match[3]} ${match[4]} ${match[5]}`);
  return Number.isNaN(ms) ? undefined : formatTime(ms);
}

/** The moment that lies an age (`9m42s`) before another, as RFC 3339; nothing when either is unknown. */
export function timeBefore(time: number | undefined, age: string | undefined): string | undefined {
  const seconds = parseDuration(age?.trim());
  return time === undefined || seconds === undefined ? undefined : formatTime(time - seconds * 1000);
}

/** How often and when something happened, as the age column says it: `87s (x12 over 9m41s)`. */
export function parseOccurrence(text: string): { last: string; first: string; count: number } {
  const match = /^(\S+)(?: \(x(\d+) over ([^)]+)\))?/.exec(text.trim());
  const last = match?.[1] ?? '';
  return { last, first: match?.[3] ?? last, count: Number(match?.[2] ?? 1) };
}
