import type { Log, LogLine } from './cluster.ts';
import { type Evidence, lineEvidence } from './evidence.ts';
import { cutTo } from './words.ts';

/** What a container said last of an error, as a person would quote it, and where it stands. */
type LastWords = { readonly text: string; readonly evidence: Evidence };

const OF_ERROR =
  /\b(?:error|fatal|critical|fail(?:s|ed|ure)?|exception|panic|cannot|can't|could(?: not|n't)|unable|denied|refused|forbidden|not found|no such|invalid|illegal|unsupported|unrecognized|missing|required|undefined|already exists|timed? ?out|abort(?:ed)?|unexpected|corrupt(?:ed)?|mismatch)\b|(?:Error|Exception)\b/i;
/** Lines that say that nothing is wrong, or are only a note. */
const HARMLESS =
  /\b(?:0|no|without) (?:errors?|failures?|warnings?)\b|\b(?:INFO|DEBUG|TRACE|NOTICE)\b|level=(?:info|debug|trace)|"level":"(?:info|debug|trace)"|\[(?:info|debug|notice)\]/;
/** Stack frames, quoted source and closing lines of a runtime: never the error itself. */
const FRAME =
  /^\s+at |^\s*File "|^\s*\.\.\. \d+ more|^goroutine \d+|^\s+\S+\.go:\d+|^\s*[\^~]+\s*$|^\s*[{}[\]]|^\s*\d+: 0x|^Node\.js v|^\s*(?:code|errno|syscall|hostname|address|port):/;

/** The last line of the logs that tells of an error; the first log that has one decides. */
export function lastWords(logs: readonly Log[]): LastWords | undefined {
  for (const log of logs) {
    const line = log.ends.tail().filter(isOfError).at(-1);
    if (line) return { text: quoted(line.text), evidence: lineEvidence(log.file, line) };
  }
  return undefined;
}

function isOfError({ text }: LogLine): boolean {
  return OF_ERROR.test(text) && !HARMLESS.test(text) && !FRAME.test(text);
}

const MOST = 240;

/** Without the time that the line's author put before it: when it was said is known from the log. */
function quoted(text: string): string {
  const words = text
    .replace(/^\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d[.,\d]*(?:Z|[+-]\d\d:?\d\d)?\]?[\s:-]*/, '')
    .trim()
    .replace(/[.\s]+$/, '');
  return cutTo(words, MOST);
}
