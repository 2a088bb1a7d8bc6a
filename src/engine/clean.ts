/**
 * A text as its author meant it: without the prefix of combined events and of the container's field path, with escaped
 * quotes undone, and without the scheduler's preemption report, which is about other nodes than the failure.
 */
export function cleanText(text: string): string {
  return text
    .replace(/^\(combined from similar events\): /, '')
    .replace(/^spec\.\w*[cC]ontainers\{[^}]*\}: /, '')
    .replace(/\\+"/g, '"')
    .replace(/\s*(?:no new claims to deallocate, )?preemption: .*$/s, '')
    .trim();
}

/** The first line that says something, shortened to fit a finding. */
export function headline(text: string, most = 400): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  const trimmed = line.trim().replace(/[.\s]+$/, '');
  return trimmed.length > most ? `${trimmed.slice(0, most)}…` : trimmed;
}
