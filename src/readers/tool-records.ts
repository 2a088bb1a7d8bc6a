import { isRecord } from '../model/shape.ts';
import { formatTime, parseTime } from '../model/time.ts';
import type { Run } from './run.ts';
import { statusOfError } from './tool-errors.ts';

/** Takes the server's version, `{"gitVersion": …}`, on its own or inside what a tool made of it. */
export function takeVersion(text: string, { builder }: Run): void {
  const version = /"?gitVersion"?: *"?(v[\w.+-]+)/.exec(text)?.[1];
  if (version) builder.about({ version });
}

/** Takes when a bundle was made: RFC 3339, or as Go prints a time, `2021-09-14 16:43:44.05 +0200 CEST m=+1.4`. */
export function takeTime(text: string, { builder }: Run): void {
  const [, date, time, sign, hours, minutes] =
    /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)? ?(?:Z|([+-])(\d\d):?(\d\d))/.exec(text) ?? [];
  const base = parseTime(`${date}T${time}Z`);
  if (base === undefined) return;
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000 * (sign === '-' ? -1 : 1);
  builder.about({ collectedAt: base - offset });
}

const MOST = 20;

/** Takes what a tool could not collect as coverage: every message of a JSON file, every line of a text. */
export function takeErrors(text: string, file: string, { builder }: Run): void {
  const messages = textsOf(parsed(text) ?? text.split('\n')).slice(0, MOST);
  for (const message of messages)
    builder.coverage({ what: file, status: statusOfError(message), detail: message.slice(0, 300) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string')
    return value.trim() === '' || parseTime(value) !== undefined ? [] : [value.trim()];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isRecord(value) ? Object.values(value).flatMap(textsOf) : [];
}

/** The newest time that a text printed by `kubectl describe` holds: it was printed then or later. */
export function newestTimeIn(text: string): number | undefined {
  let newest: number | undefined;
  for (const [printed] of text.matchAll(/\w{3}, \d\d \w{3} (?:19[7-9]|20)\d+ \d\d:\d\d:\d\d [+-]\d{4}/g)) {
    const time = Date.parse(printed);
    if (!Number.isNaN(time) && (newest === undefined || time > newest)) newest = time;
  }
  return newest === undefined ? undefined : parseTime(formatTime(newest));
}
