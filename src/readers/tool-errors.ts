import type { CoverageStatus } from '../model/cluster.ts';

/** What kubectl, the API server or a tool writes in place of a log. Programs in containers print none of these. */
const IN_PLACE_OF_LOG = new RegExp(
  [
    '^(?:Create log request|Request log|Copy log) error: ',
    '^unable to retrieve container logs for \\w[\\w-]*://',
    '^(?:Error from server(?: \\(\\w+\\))?: )?previous terminated container ".*" in pod ".*" not found',
    '^(?:Error from server(?: \\(\\w+\\))?: )?container ".*" in pod ".*" is (?:waiting to start|terminated|not available)',
    '^Error from server \\(\\w+\\): ',
    '^(?:error: )?a container name must be specified for pod ',
    '^Unable to connect to the server: ',
    '^The connection to the server \\S+ was refused',
  ].join('|'),
);
/** What they write in place of anything else that was asked for. */
const IN_PLACE_OF_ANSWER =
  /^(?:error: |Error from server: |No resources found|(?:sh|bash|-bash|\/bin\/sh): .*(?:not found|No such file)|Warning: )/;

/** Whether a text is only what a tool wrote because it got no log. */
export function isNoLog(text: string): boolean {
  return isOnly(text, (line) => IN_PLACE_OF_LOG.test(line));
}

/** Whether a text is only what a tool wrote because it got no answer. */
export function isNoAnswer(text: string): boolean {
  return isOnly(text, (line) => IN_PLACE_OF_LOG.test(line) || IN_PLACE_OF_ANSWER.test(line));
}

/** Who says it, which its status tells as well. */
const WHO = /^(?:Error from server(?: \(\w+\))?|error): /;
/** What kubectl remarks about other things while it works. */
const ASIDE = /^(?:[IWEF]\d{4} |Warning: )/;

/** What a command that failed gave as the reason: one line. */
export function wordsOf(text: string): string | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const reason = lines.find((line) => WHO.test(line)) ?? lines.find((line) => !ASIDE.test(line)) ?? lines[0];
  return reason?.replace(WHO, '').slice(0, 300);
}

const LONGEST = 8192;

function isOnly(text: string, says: (line: string) => boolean): boolean {
  if (text.length > LONGEST) return false;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.length <= 5 && lines.every((line) => says(line.trim()));
}

/** How a try ended that gave this error. */
export function statusOfError(text: string): CoverageStatus {
  if (/forbidden|unauthorized|cannot (?:list|get|watch)|permission denied|insufficient rbac/i.test(text))
    return 'forbidden';
  if (/timeout|timed out|deadline exceeded/i.test(text)) return 'timeout';
  if (/unexpected EOF|broken pipe|connection reset/i.test(text)) return 'cut';
  const absent =
    /not ?found|could not find|doesn't have a resource|no resources found|waiting to start|unable to retrieve|is terminated|not available/i;
  return absent.test(text) ? 'absent' : 'error';
}
