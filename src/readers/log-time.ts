/** A line without the wrapper that a tool put around it, and when it was said, in milliseconds since 1970. */
export type TimedLine = { readonly text: string; readonly time: number | undefined };

const RFC3339 = String.raw`(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?`;
/** `kubectl logs --timestamps`, CRI log files (`stdout F`), `journalctl -o short-iso` (`host unit[1]:`). */
const WRAPPED = new RegExp(
  String.raw`^${RFC3339.replace('[T ]', 'T')}(?: (?:stdout|stderr) [FP])?(?: [\w.-]+ (?:[^\s:[]+\[\d+\]|kernel):)?(?: |$)`,
);
/** `journalctl`: `Nov 22 12:34:37 node-1 kubelet[812]: `. */
const JOURNAL = /^([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d)(?:\.\d+)? [\w.-]+ [^\s:[]+(?:\[\d+\])?: /;
/** `dmesg -T`: `[Sun Nov 22 12:34:37 2026] `. */
const DMESG = /^\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (\d{4})\] /;
/** klog: `I1122 12:34:37.702228`. */
const KLOG = /^[IWEF](\d\d)(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3})/;
/** A time that the program wrote itself, at the beginning or as a field. */
const INSIDE = new RegExp(RFC3339);
const INSIDE_WITHIN = 160;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY = 86_400_000;

/**
 * The line without what kubectl, the container runtime, the journal or dmesg put before it. What the program wrote
 * itself stays, klog's header too.
 */
export function unwrapped(line: string): string {
  const wrapper = wrapperOf(line);
  return wrapper ? line.slice(wrapper[0].length) : line;
}

/**
 * What the expressions are held against: the line unwrapped, and a string in a line of JSON or logrus as it was said,
 * without backslashes before its quotes.
 */
export function saidIn(line: string): string {
  const text = unwrapped(line);
  return text.includes('\\"') ? text.replace(/\\+"/g, '"') : text;
}

function wrapperOf(line: string): RegExpExecArray | null {
  const first = line.charCodeAt(0);
  if (first <= 0x39) return WRAPPED.exec(line);
  return first === 0x5b ? DMESG.exec(line) : JOURNAL.exec(line);
}

/**
 * The line unwrapped, and its time: the wrapper's, else the program's own. Times without a zone are taken for UTC;
 * those without a year are the last such before `newest`, and unknown without it.
 */
export function timedLine(line: string, newest: number | undefined): TimedLine {
  const wrapper = wrapperOf(line);
  if (!wrapper) return { text: line, time: ownTime(line, newest) };
  return { text: line.slice(wrapper[0].length), time: wrapperTime(wrapper, newest) };
}

function wrapperTime(wrapper: RegExpExecArray, newest: number | undefined): number | undefined {
  const [all, first = '', ...rest] = wrapper;
  if (!MONTHS.includes(first)) return timeOf(wrapper);
  const [day = 1, h = 0, m = 0, s = 0, year] = rest.map(Number);
  const month = MONTHS.indexOf(first);
  return all.startsWith('[') && year
    ? Date.UTC(year, month, day, h, m, s)
    : latest([month, day, h, m, s], newest);
}

function ownTime(line: string, newest: number | undefined): number | undefined {
  const klog = KLOG.exec(line);
  if (klog) {
    const [month = 0, ...numbers] = klog.slice(1).map(Number);
    return latest([month - 1, ...numbers], newest);
  }
  const inside = INSIDE.exec(line.slice(0, INSIDE_WITHIN));
  return inside ? timeOf(inside) : undefined;
}

function timeOf(found: RegExpExecArray): number | undefined {
  const [, year, month, day, h, m, s, fraction = '', zone = 'Z'] = found;
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(h), Number(m), Number(s), ms);
  return utc > 0 ? utc - offsetOf(zone) : undefined;
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** Month, day, hours, minutes, seconds and perhaps milliseconds in the last year that does not lead past `newest`. */
function latest(fields: readonly number[], newest: number | undefined): number | undefined {
  if (newest === undefined) return undefined;
  const [month = 0, day = 1, h = 0, m = 0, s = 0, ms = 0] = fields;
  const year = new Date(newest).getUTCFullYear();
  const time = Date.UTC(year, month, day, h, m, s, ms);
  return time <= newest + DAY ? time : Date.UTC(year - 1, month, day, h, m, s, ms);
}
