import type { Report } from '../model/report.ts';
import { anyOf } from './any-of.ts';
import { changedFields, changedList, type Fields, isFields } from './fields.ts';
import { createRedactor, type Redactor } from './redactor.ts';
import { looksRandom } from './values.ts';

/** So many of the secrets that were found are looked for everywhere else in the report. */
const MOST_KNOWN = 1000;

/** Texts of ours and closed lists of words: what they say is not from the bundle. */
const OURS: ReadonlySet<string> = new Set([
  'version',
  'fingerprint',
  'classifier',
  'severity',
  'stage',
  'state',
]);

/**
 * The report without secrets: the last gate before any format. A secret that was told by its surroundings in one place is
 * also taken out where it stands alone, as in the part of an excerpt that decided.
 */
export function redactReport(report: Report, redactor: Redactor = createRedactor()): Report {
  const told = redactNode(report, '', redactor) as Report;
  const known = knownSecrets(redactor);
  const clean = known ? (withoutKnown(told, known) as Report) : told;
  return { ...clean, redacted: true, redactions: added(report.redactions, redactor.marker.counts()) };
}

function redactNode(node: unknown, key: string, redactor: Redactor): unknown {
  if (typeof node === 'string') return OURS.has(key) ? node : redactLoneKey(redactor.text(node), redactor);
  if (Array.isArray(node)) return changedList(node, (item) => redactNode(item, key, redactor));
  if (!isFields(node)) return node;
  const evidence = typeof node.excerpt === 'string' ? redactEvidence(node, redactor) : {};
  return changedFields(node, (value, name) =>
    name in evidence ? evidence[name] : redactNode(value, name, redactor),
  );
}

/** One line of a private key, which is all that a message shows of it: 64 characters of base64 by themselves. */
const KEY_LINE = /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{64}(?![A-Za-z0-9+/=_-])/g;

function redactLoneKey(text: string, { marker }: Redactor): string {
  if (text.length < 64) return text;
  return text.replace(KEY_LINE, (line) =>
    /[A-Z]/.test(line) && /[a-z]/.test(line) && /\d/.test(line) ? marker.mark('private-key', line) : line,
  );
}

/** The lines around an excerpt belong to it: a key over several lines is told by all of them. */
function redactEvidence(evidence: Fields, redactor: Redactor): Fields {
  const before = textsOf(evidence.before);
  const excerpt = String(evidence.excerpt).split('\n');
  const after = textsOf(evidence.after);
  const named = fieldName(evidence);
  const lines = redactLoneKey(redactor.text([...before, ...excerpt, ...after].join('\n')), redactor).split(
    '\n',
  );
  const shown = lines.slice(before.length, before.length + excerpt.length).join('\n');
  const match = typeof evidence.match === 'string' ? redactor.text(evidence.match) : undefined;
  const whole = named ? redactField(named, shown, redactor) : shown;
  return {
    excerpt: whole,
    ...(match === undefined ? {} : { match: whole.includes(match) ? match : whole }),
    ...(evidence.before ? { before: lines.slice(0, before.length) } : {}),
    ...(evidence.after ? { after: lines.slice(before.length + excerpt.length) } : {}),
  };
}

/** The last name in the path of a field: `data.password`. */
function fieldName({ path }: Fields): string | undefined {
  return typeof path === 'string' ? /([\w-]+)(?:\[\d+\])?$/.exec(path)?.[1] : undefined;
}

function redactField(name: string, text: string, redactor: Redactor): string {
  const redacted = redactor.value({ [name]: text });
  return isFields(redacted) ? String(redacted[name]) : text;
}

function textsOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.map(String) : [];
}

/** One expression for the secrets that look like nothing else. */
function knownSecrets(redactor: Redactor): Known | undefined {
  const secrets = [...redactor.marker.secrets()].filter(isUnmistakable).slice(0, MOST_KNOWN);
  if (secrets.length === 0) return undefined;
  return {
    expression: new RegExp(anyOf(secrets), 'g'),
    mark: (secret) => redactor.marker.mark('known', secret),
  };
}

type Known = { readonly expression: RegExp; mark(secret: string): string };

function isUnmistakable(secret: string): boolean {
  if (secret.length < 10 || secret.length > 256 || secret.includes('[REDACTED')) return false;
  return (
    looksRandom(secret) || (/\d/.test(secret) && /[A-Za-z]/.test(secret) && /[A-Z]|[^\w.-]/.test(secret))
  );
}

function withoutKnown(node: unknown, known: Known): unknown {
  if (typeof node === 'string') return node.replace(known.expression, (secret) => known.mark(secret));
  if (Array.isArray(node)) return changedList(node, (item) => withoutKnown(item, known));
  return isFields(node) ? changedFields(node, (value) => withoutKnown(value, known)) : node;
}

function added(before: Report['redactions'], counts: ReadonlyMap<string, number>): Report['redactions'] {
  const sums = new Map(before.map(({ kind, count }) => [kind, count]));
  for (const [kind, count] of counts) sums.set(kind, (sums.get(kind) ?? 0) + count);
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => ({ kind, count }));
}
