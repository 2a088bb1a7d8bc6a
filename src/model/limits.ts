const KiB = 1024;
const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

/** How the value of a limit is written. */
export type LimitUnit = 'count' | 'bytes' | 'seconds';

type Limit = { readonly most: number; readonly unit: LimitUnit; readonly of: string };

/** What a bundle may cost: each with its default. What exceeds one is cut and told, and the rest goes on. */
export const LIMITS = {
  entries: { most: 1_000_000, unit: 'count', of: 'files in the bundle' },
  entry: { most: 16 * GiB, unit: 'bytes', of: 'one file' },
  size: { most: 64 * GiB, unit: 'bytes', of: 'all files, unpacked' },
  ratio: {
    most: 200,
    unit: 'count',
    of: 'times that an archive may grow when it is unpacked, from 64 MiB on',
  },
  packed: {
    most: 128 * MiB,
    unit: 'bytes',
    of: 'one packed file inside the bundle, which is held in memory',
  },
  path: { most: 4096, unit: 'bytes', of: 'the path of a file' },
  folders: { most: 64, unit: 'count', of: 'folders in the path of a file' },
  object: { most: 32 * MiB, unit: 'bytes', of: 'one object in JSON or YAML' },
  depth: { most: 200, unit: 'count', of: 'values inside one another in an object' },
  aliases: { most: 20, unit: 'count', of: 'aliases in one YAML object' },
  text: { most: 32 * MiB, unit: 'bytes', of: 'one text that a tool printed, as kubectl describe' },
  line: { most: 16 * KiB, unit: 'bytes', of: 'the beginning of a log line in which failures are looked for' },
  items: { most: 1_000_000, unit: 'count', of: 'objects and events' },
  findings: { most: 10_000, unit: 'count', of: 'findings' },
  evidence: { most: 6, unit: 'count', of: 'pieces of evidence for one finding' },
  time: { most: 1800, unit: 'seconds', of: 'reading' },
} as const satisfies Readonly<Record<string, Limit>>;

export type LimitName = keyof typeof LIMITS;

/** The limits of one run. */
export type Limits = Readonly<Record<LimitName, number>>;

export const LIMIT_NAMES = Object.keys(LIMITS) as LimitName[];

/** The limits of a run that was told no other. */
export const DEFAULT_LIMITS = Object.fromEntries(
  LIMIT_NAMES.map((name) => [name, LIMITS[name].most]),
) as Limits;

/** What a message about a limit that was reached ends with. */
export function allowing(name: LimitName): string {
  return `(--limit ${name}=N allows more)`;
}
