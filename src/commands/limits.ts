import { UserError } from '../model/errors.ts';
import {
  DEFAULT_LIMITS,
  LIMIT_NAMES,
  LIMITS,
  type LimitName,
  type Limits,
  type LimitUnit,
} from '../model/limits.ts';
import { bytesFrom } from './bytes.ts';

const SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600 };

/** How each unit is written. */
const WRITTEN: Readonly<Record<LimitUnit, string>> = {
  count: 'a whole number',
  bytes: '2GiB, 500MB or a number of bytes',
  seconds: '90s, 5m or 1h',
};

/** The limits of a run, with what `--limit name=value` says in place of the defaults. */
export function limitsFrom(given: readonly string[] = []): Limits {
  const said = given.map((one): [LimitName, number] => {
    const [name = '', value = ''] = one.split(/=(.*)/s);
    if (!isLimit(name))
      throw new UserError(`--limit ${name}: no such limit; there are ${LIMIT_NAMES.join(', ')}`);
    const { unit } = LIMITS[name];
    const amount = amountOf(value, unit);
    if (amount === undefined)
      throw new UserError(`--limit ${one}: write it as --limit ${name}=N, where N is ${WRITTEN[unit]}`);
    return [name, amount];
  });
  return { ...DEFAULT_LIMITS, ...Object.fromEntries(said) };
}

/** All limits with their defaults, as `--help` lists them. */
export function limitsText(): string {
  const rows = LIMIT_NAMES.map(
    (name) =>
      `  ${name.padEnd(10)}${written(LIMITS[name].most, LIMITS[name].unit).padEnd(9)}${LIMITS[name].of}`,
  );
  return ['', 'Limits (--limit name=value), with their defaults:', ...rows].join('\n');
}

function isLimit(name: string): name is LimitName {
  return Object.hasOwn(LIMITS, name);
}

function amountOf(value: string, unit: LimitUnit): number | undefined {
  if (unit === 'bytes') return bytesFrom(value);
  if (unit === 'count') return /^\d{1,15}$/.test(value) ? Number(value) : undefined;
  const [, count = '', per = ''] = /^(\d{1,9}(?:\.\d+)?)([smh]?)$/.exec(value) ?? [];
  return count === '' ? undefined : Number(count) * (SECONDS[per] ?? 1);
}

function written(amount: number, unit: LimitUnit): string {
  if (unit === 'seconds') return `${amount / 60}m`;
  if (unit === 'count') return String(amount);
  const power = Math.min(3, Math.floor(Math.log2(amount) / 10));
  return `${amount / 1024 ** power}${['', 'KiB', 'MiB', 'GiB'][power]}`;
}
