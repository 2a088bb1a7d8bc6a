import { looksRandom } from './values.ts';

/** Expressions see at most so much of a line at a time. */
const SEGMENT = 32 * 1024;
/** So far back from there a blank is looked for at which a line may be parted. */
const SEARCH = 4 * 1024;

/** Redacts a line of any length part by part; no part ends between a name and its value. */
export function inSegments(
  line: string,
  redact: (segment: string) => string,
  hide: (run: string) => string,
): string {
  if (line.length <= SEGMENT) return redact(line);
  let result = '';
  let inSecret = false;
  for (let at = 0; at < line.length; ) {
    const part = nextPart(line, at);
    at += part.text.length;
    // A secret without any blank that goes on over the parting is one secret.
    const rest: string = inSecret ? part.text.replace(/^[^\s"'&;,<>]+/, '') : part.text;
    const run = part.isForced ? randomRun(rest) : '';
    const redacted: string = redact(rest.slice(0, rest.length - run.length)) + (run && hide(run));
    result += redacted;
    inSecret =
      part.isForced && (rest === '' ? inSecret : /\[REDACTED-[a-z0-9-]+\]$/.test(redacted.slice(-80)));
  }
  return result;
}

/** The end of a part that is one long run of what looks like a key or like encoded bytes. */
function randomRun(part: string): string {
  const run = /[A-Za-z0-9+/=_.-]*$/.exec(part.slice(-SEARCH))?.[0] ?? '';
  if (run.length < SEARCH || !looksRandom(run.slice(0, 200))) return '';
  return /[A-Za-z0-9+/=_.-]*$/.exec(part)?.[0] ?? '';
}

function nextPart(line: string, at: number): { readonly text: string; readonly isForced: boolean } {
  if (line.length - at <= SEGMENT) return { text: line.slice(at), isForced: false };
  for (let end = at + SEGMENT; end > at + SEGMENT - SEARCH; end--)
    if (/[\s,;&]/.test(line[end] ?? '') && mayPart(line, end))
      return { text: line.slice(at, end), isForced: false };
  return { text: line.slice(at, at + SEGMENT), isForced: true };
}

/** Not next to a delimiter, nor behind a word that announces a secret. */
function mayPart(line: string, end: number): boolean {
  const before = line.slice(Math.max(0, end - 24), end);
  return (
    !/[:=,;"'\\\s]$|(?:bearer|basic|password|passwd|login|by|-{1,2}[\w.-]+)$/i.test(before) &&
    !/[:=\s]/.test(line[end + 1] ?? '')
  );
}
