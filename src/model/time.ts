/** Reads an RFC 3339 time in milliseconds since 1970; nothing for other text, for year 1 and for years past 9999. */
export function parseTime(time: string | undefined): number | undefined {
  if (!time || !/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/.test(time)) return undefined;
  const ms = Date.parse(time.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(ms) || ms <= 0 ? undefined : ms;
}

/** Milliseconds from a time to another; nothing where either is unknown. */
export function elapsed(since: string | undefined, until: number | undefined): number | undefined {
  const start = parseTime(since);
  return start === undefined || until === undefined ? undefined : until - start;
}

/** A time as RFC 3339 in UTC, to the second. */
export function formatTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? 'unknown' : date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

const UNITS: Readonly<Record<string, number>> = { y: 31_536_000, d: 86_400, h: 3600, m: 60, s: 1, ms: 0.001 };

/** Reads a duration as kubectl and Go print it (`5d3h`, `9m42s`, `1.5s`) in seconds; nothing for other text. */
export function parseDuration(duration: string | undefined): number | undefined {
  if (!duration || !/^(?:\d+(?:\.\d+)?(?:ms|[ydhms]))+$/.test(duration)) return undefined;
  let seconds = 0;
  for (const [, amount = '', unit = ''] of duration.matchAll(/(\d+(?:\.\d+)?)(ms|[ydhms])/g))
    seconds += Number(amount) * (UNITS[unit] ?? 0);
  return seconds;
}

/** Seconds as a person says them: `42s`, `9m`, `3h20m`, `5d`. */
export function formatDuration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 120) return `${s}s`;
  if (s < 3600) return `${Math.floor(s / 60)}m`;
  if (s < 86_400) return joined(Math.floor(s / 3600), 'h', Math.floor((s % 3600) / 60), 'm');
  return joined(Math.floor(s / 86_400), 'd', Math.floor((s % 86_400) / 3600), 'h');
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 || large >= 10 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`;
}
