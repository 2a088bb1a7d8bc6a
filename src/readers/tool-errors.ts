import type { CoverageStatus } from '../model/cluster.ts';

/** What kubectl, the API server or a tool says instead of what was asked for. */
const ERROR = new RegExp(
  [
    '^Error from server(?: \\(\\w+\\))?: ',
    '^error: ',
    '^Error: ',
    '^(?:Create log request|Request log|Copy log) error: ',
    '^unable to retrieve container logs for \\S+',
    '^(?:Error from server.*: )?previous terminated container ".*" in pod ".*" not found',
    '^container ".*" in pod ".*" is (?:waiting to start|terminated|not available)',
    '^(?:a )?container name must be specified for pod',
    '^Unable to connect to the server: ',
    '^The connection to the server .* was refused',
    '^failed to (?:get|open|create|try resolving) .*(?:log|stream|symlinks)',
    '^rpc error: code = \\w+ desc = ',
    '^No resources found',
    '^(?:sh|bash|/bin/sh): .*: (?:command )?not found',
    '^Defaulted container ',
    '^Warning: ',
  ].join('|'),
);

/** Whether a line is a tool's error and not what the tool was asked for. */
export function isToolError(line: string): boolean {
  return ERROR.test(line.replace(/^\d{4}-\d\d-\d\dT\S+ /, ''));
}

/** Whether a whole text is nothing but errors of a tool. */
export function isOnlyErrors(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.length <= 5 && lines.every((line) => isToolError(line.trim()));
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
