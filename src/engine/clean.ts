import { cutTo } from '../model/words.ts';

/** A pair of JSON: there a backslash tells a quote inside a value from its end, and so where a secret ends. */
const PAIR = /\\*" ?: ?\\*"/;
/** In JSON only quotes around a name between blanks are undone, or before the end of a line. */
const QUOTED_NAME = /(?<=[\s(=,])\\+"([\w./:@-]{1,253})\\+"(?=[\s),.;:"]|\\+n|$)/g;

/**
 * A text as its author meant it: without the prefix of combined events and of the container's field path, with escaped
 * quotes undone, and without the scheduler's preemption report, which is about other nodes than the failure.
 */
export function cleanText(text: string): string {
  const plain = PAIR.test(text) ? text.replace(QUOTED_NAME, '"$1"') : text.replace(/\\+"/g, '"');
  return plain
    .replace(/^\(combined from similar events\): /, '')
    .replace(/^spec\.\w*[cC]ontainers\{[^}]*\}: /, '')
    .replace(/\s*(?:no new claims to deallocate, )?preemption: .*$/s, '')
    .trim();
}

/** How the kubelet (klog) and the runtime (logrus) wrap an error. */
const LOGGED = [
  /\b(?:err|error)="(?<error>.+?)"(?= \w+=(?:"|\S+$)|\s*$)/,
  /^[IWEF]\d{4} [\d:.]+ +\d+ [\w.-]+:\d+\] (?<error>.+)/,
  /\blevel=\w+ msg="(?<error>.+?)"(?= \w+=|\s*$)/,
];

/** What a line of a journal says, without what the logging library puts around it. */
export function unlogged(line: string): string {
  for (const pattern of LOGGED) {
    const error = pattern.exec(line)?.groups?.error;
    if (error) return error;
  }
  return line;
}

/** What each layer puts around the error of the one below; a person wants the error. */
const ENVELOPES = [
  /rpc error: code = \w+ desc = /g,
  /Error response from daemon: /g,
  /failed to (?:pull and unpack image|resolve (?:reference|image)) "[^"]*": /g,
  /failed to do request: /g,
  /failed to create (?:containerd|shim) task: /g,
  /OCI runtime create failed: |runc create failed: |error during container init: /g,
  / \(pod: "[^"]*", container: [^)]*\)$/,
  /: unknown$/,
];

/** The first line that says something, without the envelopes of the layers above, shortened to fit a finding. */
export function headline(text: string, most = 400): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  const trimmed = line.trim().replace(/[.\s]+$/, '');
  const inner = ENVELOPES.reduce((rest, envelope) => rest.replace(envelope, ''), trimmed) || trimmed;
  return cutTo(inner, most);
}
