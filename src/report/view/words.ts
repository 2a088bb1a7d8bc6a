import type { Report } from '../../model/report.ts';
import type { Severity } from '../../model/severities.ts';
import { formatDuration, parseTime } from '../../model/time.ts';

/** A shape for each severity, so that colour is never the only sign. */
export const ICONS: Readonly<Record<Severity, string>> = {
  critical: '◆',
  high: '▲',
  medium: '■',
  low: '●',
  info: '○',
};

/** Whether a failure goes on, as a person says it. */
export const STATE_WORDS: Readonly<Record<Report['incidents'][number]['state'], string>> = {
  ongoing: 'ongoing',
  recovered: 'recovered since',
  old: 'some time ago',
};

/** How long before the bundle was made a time was: `47m before collection`; empty when either is unknown. */
export function beforeCollection(time: string | undefined, collectedAt: string | undefined): string {
  const [at, end] = [parseTime(time), parseTime(collectedAt)];
  if (at === undefined || end === undefined) return '';
  const seconds = Math.round((end - at) / 1000);
  if (seconds < 0) return `${formatDuration(-seconds)} after collection`;
  return `${formatDuration(seconds)} before collection`;
}
