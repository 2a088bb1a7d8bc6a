import { isNoAnswer } from './tool-errors.ts';

/** What a file seems to hold, by its first bytes. */
export type Content =
  | 'objects'
  | 'printed'
  | 'dump'
  | 'log'
  | 'journal'
  | 'errors'
  | 'records'
  | 'page'
  | 'archive'
  | 'binary'
  | 'nothing'
  | 'text';

/** As many first bytes as telling contents apart takes. */
export const HEAD_BYTES = 8192;

const PROMPT = '(?:.{0,80}[$#>%] ?|\\+ ?)?(?:sudo )?';
const PROGRAM = '(?:\\S*/)?(?:kubectl|oc|k|(?:rke2|k3s|microk8s) kubectl|microk8s\\.kubectl)(?:\\.exe)?';
const OPTIONS = '(?:-\\S+ (?:[^-\\s]\\S* )?)*';
/** A line of a terminal that runs kubectl or oc: `$ kubectl describe pod cart-0`, `[root@server1 ~]# k get pods`. */
export const COMMAND = new RegExp(
  `^${PROMPT}${PROGRAM} ${OPTIONS}(get|describe|logs?|top|version|cluster-info)(?: .*)?$`,
  'm',
);

const TIMESTAMP = /^(?:\[|time=")?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d/m;
const JOURNAL =
  /^(?:-- (?:Logs begin|Journal begins|No entries|Boot )|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [\w@.-]+(?:\[\d+\])?: )/m;
const LOG_LINE =
  /^(?:[IWEF]\d{4} \d\d:\d\d:\d\d|level=|\{"(?:level|ts|time|msg|severity|@timestamp|log)"|\[?(?:DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\b)/m;

/** Tells by the beginning of a decoded text what it holds; `path` decides only between a log and any other text. */
export function contentOf(head: string, path: string): Content {
  const text = head.replace(/^\uFEFF/, '').trimStart();
  if (text === '') return isLogPath(path) ? 'log' : 'nothing';
  if (isArchive(text, path)) return 'archive';
  if (head.includes('\0')) return 'binary';
  if (isNoAnswer(text)) return 'errors';
  if (/^<(?:!doctype|html|\?xml)/i.test(text)) return 'page';
  if (/^==== START logs for container /.test(text)) return 'dump';
  const json = /^(?:\{|\[\s*(?:\{|\]))/.test(text);
  if (json && /"(?:kind|apiVersion|items|Items|metadata)"\s*:/.test(text)) return 'objects';
  if (COMMAND.test(text.slice(0, 4096))) return 'printed';
  if (isPrinted(text)) return 'printed';
  if (json) return /^\{.*\}\s*\n\{/.test(text) ? 'log' : 'records';
  if (/^(?:---\s*\n)?(?:#.*\n)*(?:- )?(?:apiVersion|kind|items|metadata):/.test(text)) return 'objects';
  if (JOURNAL.test(text.slice(0, 2000))) return 'journal';
  const known = (TIMESTAMP.test(text) && /\n./.test(text)) || LOG_LINE.test(text);
  return known || isLogPath(path) ? 'log' : 'text';
}

function isLogPath(path: string): boolean {
  return /(?:\.log(?:\.\d+)?$|(?:^|[/_.-])logs?(?:[/_.-]|$))/i.test(path);
}

const MAGIC = ['PK\u0003\u0004', '\u001f\ufffd', '\ufffd7zXZ', 'BZh', '(\ufffd/\ufffd'];

function isArchive(text: string, path: string): boolean {
  return MAGIC.some((magic) => text.startsWith(magic)) || /\.(?:zip|t?gz|tar|xz|zst)$/.test(path);
}

/** Whether a text looks like what `kubectl describe`, `get` or `top` prints. */
export function isPrinted(text: string): boolean {
  return (
    /^Name: +\S.*\n(?:Namespace|Labels|Annotations|Roles?|Priority|CreationTimestamp|IsDefaultClass):/m.test(
      text,
    ) ||
    /^Name:\t+\S.*\n(?:Namespace|Labels|Roles?):/m.test(text) ||
    isTableHeader(text.split('\n').find((line) => line.trim() !== '') ?? '')
  );
}

/** Whether a line is the header of a table that `kubectl get` or `top` prints. */
export function isTableHeader(line: string): boolean {
  return /^(?:NAMESPACE|NAME|LAST SEEN|LASTSEEN)(?: {2,}|\t+)[A-Z]/.test(line);
}
