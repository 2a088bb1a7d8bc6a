import type { Catalogue } from '../classifier.ts';
import type { Cluster, Log, LogLine } from '../model/cluster.ts';
import type { Expression } from '../model/expression.ts';
import { groupBy } from '../model/group-by.ts';
import type { Finding } from '../model/report.ts';

type Evidence = Finding['evidence'][number];

/** What evidence is quoted for. */
type Quoted = Pick<Finding, 'classifier' | 'culprit'> & { readonly values: Readonly<Record<string, string>> };

/** Lines that are quoted before and after a line of a log. */
const AROUND = 3;
/** More than this is no part of a text but most of it. */
const LONGEST_MATCH = 300;

/** Quotes evidence as a reader wants to see it: the part that decided is named, and a log's line has those around it. */
export function createQuote(
  cluster: Cluster,
  catalogue: Catalogue,
): (finding: Quoted, evidence: Evidence) => Evidence {
  const expressions = new Map(catalogue.classes.map((known) => [known.id, known.expressions]));
  const logs = groupBy(cluster.logs.items, ({ file }) => file);
  return (finding, evidence) => {
    const log = logs.get(evidence.file)?.find((one) => holdsLine(one, evidence.line));
    const lines = log
      ? [...log.ends.head(), ...log.ends.tail(), ...log.hits.flatMap((hit) => hit.lines)]
      : [];
    return {
      ...evidence,
      ...around(evidence, lines),
      ...decisive(evidence, expressions.get(finding.classifier) ?? [], finding),
    };
  };
}

/** A file may hold the logs of several containers. */
function holdsLine({ before, lines }: Log, line: number | undefined): boolean {
  return line !== undefined && before < line && line <= before + lines;
}

function decisive(
  { excerpt, match }: Evidence,
  expressions: readonly Expression[],
  finding: Quoted,
): { match?: string } {
  if (match) return { match };
  for (const expression of expressions) {
    const found = expression.find(excerpt)?.trim();
    if (found && found.length <= LONGEST_MATCH) return { match: found };
  }
  const name = namesOf(finding).find((known) => hasWord(excerpt, known));
  return name === undefined ? {} : { match: name };
}

/** Names that say where a finding is, not what decided it. */
const PLACES: ReadonlySet<string> = new Set([
  'kind',
  'name',
  'namespace',
  'workload',
  'pod',
  'container',
  'node',
]);

/** Long enough to be told from others, and no sentence. */
const NAME = /^(?=.*\D..).{3,100}$/;

/** Where code decided, what it named decided: the culprit, else the longest of what it found. */
function namesOf({ culprit, values }: Quoted): string[] {
  const found = Object.entries(values).filter(([key, value]) => !PLACES.has(key) && NAME.test(value));
  const longest = found.map(([, value]) => value).sort((a, b) => b.length - a.length);
  return culprit ? [culprit.name, ...longest] : longest;
}

function hasWord(text: string, word: string): boolean {
  const at = text.indexOf(word);
  if (at < 0) return false;
  return !/[\w-]/.test(text[at - 1] ?? ' ') && !/[\w-]/.test(text[at + word.length] ?? ' ');
}

/** The lines that were kept of a log and follow one another up to the quoted ones, and from them on. */
function around(
  { line, excerpt, before, after }: Evidence,
  lines: readonly LogLine[],
): Pick<Evidence, 'before' | 'after'> {
  if (line === undefined || before || after || lines.length === 0) return {};
  const texts = new Map(lines.map((kept) => [kept.line, kept.text]));
  const last = line + excerpt.split('\n').length - 1;
  const earlier = run(texts, line - 1, -1).reverse();
  const later = run(texts, last + 1, 1);
  return {
    ...(earlier.length > 0 ? { before: earlier } : {}),
    ...(later.length > 0 ? { after: later } : {}),
  };
}

function run(texts: ReadonlyMap<number, string>, from: number, step: 1 | -1): string[] {
  const found: string[] = [];
  for (let line = from; found.length < AROUND; line += step) {
    const text = texts.get(line);
    if (text === undefined) break;
    found.push(text);
  }
  return found;
}
